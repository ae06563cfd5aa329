import type { DiagnosticJson } from '../../../http/diagnostic-json.ts';

/** What to write in place of a part of the marked text; offsets within it. */
export interface Fix {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What mends a finding, where its hint names a word: `did you mean 'proc.name'?`. */
export function fixOf({ hint, message }: Pick<DiagnosticJson, 'hint' | 'message'>, marked: string): Fix | undefined {
  const meant = /did you mean '?([\w.\-[\]]+?)'?\?/.exec(hint ?? '')?.[1];
  if (meant === undefined) return undefined;
  if (/^[\w.[\]-]+$/.test(marked)) return { from: 0, to: marked.length, text: meant };
  // A larger part is marked: the word that is wrong is the one that the message names and the text holds.
  const wrong = [...message.matchAll(/[\w.[\]-]+/g)]
    .map(([word]) => word)
    .find((word) => word !== meant && word.length > 2 && marked.split(/[^\w.[\]-]+/).includes(word));
  if (wrong === undefined) return undefined;
  const from = marked.indexOf(wrong);
  return { from, to: from + wrong.length, text: meant };
}
