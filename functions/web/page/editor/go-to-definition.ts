import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { macroOrList, type RuleNames } from './rule-names.ts';
import { wordAt } from './word-at.ts';

/** F12, or a click with Ctrl or Cmd, goes to where a macro or list is defined. */
export function goToDefinition(names: RuleNames): Extension {
  return [
    keymap.of([{ key: 'F12', run: (view) => go(names, view, view.state.selection.main.head) }]),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        if (!event.ctrlKey && !event.metaKey) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        return at !== null && go(names, view, at);
      },
    }),
  ];
}

function go(names: RuleNames, view: EditorView, at: number): boolean {
  const word = wordAt(view.state, at);
  const found = word && macroOrList(names, word.text);
  if (found === undefined) return false;
  names.show(found);
  return true;
}
