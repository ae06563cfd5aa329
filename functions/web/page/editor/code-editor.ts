import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import type { CodeBoxProps } from './code-box.tsx';
import { completeRules } from './complete.ts';
import { goToDefinition } from './go-to-definition.ts';
import { hoverWords } from './hover.ts';
import { marksOf } from './marks.ts';
import { rulesLanguage, scenarioLanguage } from './highlighting.ts';
import { EDITOR_THEME } from './editor-theme.ts';
import type { RuleNames } from './rule-names.ts';

/** An editor in a place of the page: one view, and for each file a state with its own history. */
export class CodeEditor {
  readonly #view: EditorView;
  readonly #props: { readonly current: CodeBoxProps };
  readonly #states = new Map<string, EditorState>();
  #name: string;

  /** @param props what the page wants shown; looked at whenever something is edited */
  constructor(place: HTMLElement, props: { readonly current: CodeBoxProps }) {
    this.#props = props;
    this.#name = props.current.name;
    // In a shadow root its styles are a constructed sheet, which the content security policy of the page allows.
    const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
    root.replaceChildren();
    this.#view = new EditorView({ root, parent: root, state: this.#fresh(props.current) });
  }

  /** Shows what the page wants: another file, a text that came from elsewhere, new findings. */
  show(props: CodeBoxProps): void {
    const view = this.#view;
    if (props.name !== this.#name) {
      this.#states.set(this.#name, view.state);
      this.#name = props.name;
      view.setState(this.#states.get(props.name) ?? this.#fresh(props));
    }
    const shown = view.state.doc.toString();
    const text = props.now();
    if (shown !== text) view.dispatch({ changes: { from: 0, to: shown.length, insert: text } });
    view.contentDOM.setAttribute('aria-label', props.label);
    view.dispatch(setDiagnostics(view.state, marksOf(view.state, props.findings)));
  }

  /** Selects a stretch, brings it into view and takes the keys. */
  select(from: number, to: number): void {
    const end = this.#view.state.doc.length;
    const selection = { anchor: Math.min(from, end), head: Math.min(to, end) };
    this.#view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: 'center' }) });
    this.#view.focus();
  }

  /** Takes it from the page. */
  destroy(): void {
    this.#view.destroy();
  }

  #fresh({ now, language, names, isReadOnly = false }: CodeBoxProps): EditorState {
    const extensions = [this.#extensions(), languageOf(language, names), EditorState.readOnly.of(isReadOnly)];
    return EditorState.create({ doc: now(), extensions });
  }

  #extensions(): Extension {
    return [
      lineNumbers(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      lintGutter(),
      indentUnit.of('  '),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': this.#props.current.label, tabindex: '0' }),
      keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...completionKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.#props.current.onEdit(update.state.doc.toString());
      }),
      EDITOR_THEME,
    ];
  }
}

function languageOf(language: CodeBoxProps['language'], names: RuleNames | undefined): Extension {
  const source = language === 'rules' && names !== undefined ? [completeRules(names)] : [];
  // Every state has it: an answer that was asked for in one file may come when another is shown.
  const completion = autocompletion({ override: source, icons: false });
  if (language === 'scenario') return [scenarioLanguage, completion];
  return [rulesLanguage, completion, ...(names === undefined ? [] : [hoverWords(names), goToDefinition(names)])];
}
