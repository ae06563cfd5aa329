import { EditorView, keymap } from '@codemirror/view';
import { definitions } from '../playground/session.ts';
import { shownFile } from '../playground/rule-files.ts';
import { reveal } from './reveal.ts';
import { wordAt } from './word-at.ts';

/** F12, or a click with Ctrl or Cmd, goes to where a macro or list is defined. */
export const goToDefinition = [
  keymap.of([{ key: 'F12', run: (view) => go(view, view.state.selection.main.head) }]),
  EditorView.domEventHandlers({
    mousedown(event, view) {
      if (!event.ctrlKey && !event.metaKey) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      return at !== null && go(view, at);
    },
  }),
];

function go(view: EditorView, at: number): boolean {
  const word = wordAt(view.state, at);
  const found = definitions.value.find(({ name, kind }) => name === word?.text && kind !== 'rule');
  if (found === undefined) return false;
  shownFile.value = found.file;
  reveal(found.file, found.offset, found.offset);
  return true;
}
