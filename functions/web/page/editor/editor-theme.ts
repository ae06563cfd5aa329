import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const LOOK = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--soft)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', paddingRight: '6px' },
  '.cm-gutter-lint': { width: '12px' },
  // The editor's own marks are pictures in the style sheet, which the content security policy of the page refuses.
  '.cm-lint-marker': { width: '8px', height: '8px', margin: '6px 2px', borderRadius: '50%' },
  '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--error)' },
  '.cm-lint-marker-warning': { content: '""', backgroundColor: 'var(--alert)' },
  '.cm-lint-marker-info': { content: '""', backgroundColor: 'var(--file)' },
  '.cm-lintRange': { backgroundImage: 'none', textUnderlineOffset: '3px', textDecorationThickness: '1px' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--error) 1px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--alert) 1px' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--file) 1px' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selected)',
  },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--accent) 14%, transparent)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selected)', outline: 'none' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    boxShadow: '0 6px 24px rgb(0 0 0 / 18%)',
    maxWidth: 'min(520px, 90vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12px', maxHeight: '15em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--selected)', color: 'var(--ink)' },
  '.cm-completionDetail': { color: 'var(--soft)', fontStyle: 'normal', marginLeft: '10px' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)', fontWeight: '600' },
  '.cm-completionInfo': { fontFamily: 'var(--sans)', fontSize: '13px', padding: '8px 10px', maxWidth: '320px' },
  '.cm-word': { padding: '8px 10px', fontFamily: 'var(--sans)', fontSize: '13px', lineHeight: '1.5' },
  '.cm-word code': { fontFamily: 'var(--mono)', fontSize: '12px', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '.cm-word p': { margin: '4px 0 0' },
  '.cm-diagnostic': { fontFamily: 'var(--sans)', fontSize: '13px', padding: '6px 10px', borderLeftWidth: '3px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--error)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--alert)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--file)' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
    borderRadius: '4px',
    padding: '1px 8px',
    fontSize: '12px',
  },
  '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-textfield': { backgroundColor: 'var(--raised)', border: '1px solid var(--line-strong)', color: 'var(--ink)' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--raised)', border: '1px solid var(--line-strong)' },
});

const COLOURS = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
    { tag: tags.propertyName, color: 'var(--soft)' },
    { tag: tags.definition(tags.name), color: 'var(--ink)', fontWeight: '600' },
    { tag: tags.operatorKeyword, color: 'var(--network)' },
    { tag: tags.keyword, color: 'var(--network)' },
    { tag: tags.variableName, color: 'var(--program)' },
    { tag: tags.macroName, color: 'var(--alert)' },
    { tag: tags.string, color: 'var(--file)' },
    { tag: tags.number, color: 'var(--file)' },
    { tag: tags.punctuation, color: 'var(--soft)' },
  ]),
);

/** How editors look: the page's own colours. */
export const EDITOR_THEME = [LOOK, COLOURS];
