import type { EditorState } from '@codemirror/state';

/** The word of the rule language around a place, as far as it goes within its line. */
export function wordAt(
  state: EditorState,
  at: number,
): { readonly from: number; readonly to: number; readonly text: string } | undefined {
  const line = state.doc.lineAt(at);
  for (const match of line.text.matchAll(/[\w.]+/g)) {
    const from = line.from + match.index;
    const to = from + match[0].length;
    if (at >= from && at <= to) return { from, to, text: match[0] };
  }
  return undefined;
}
