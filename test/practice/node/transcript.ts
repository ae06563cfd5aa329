import type { NodeSession } from '../../../engine/practice/node/session.ts';

/** Types the lines of a transcript and writes it anew with what is shown now: the same text, where all is as it says. */
export function replayed(transcript: string, session: NodeSession): string {
  const lines = transcript.split('\n');
  let written = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (!line.startsWith('$ ')) continue;
    const more: string[] = [];
    while (lines[at + 1]?.startsWith('> ') === true) more.push(lines[++at] as string);
    const typed = [line.slice(2), ...more.map((one) => one.slice(2))].join('\n');
    written += `${[line, ...more].join('\n')}\n${session.runToEnd(typed).output}`;
  }
  return written;
}
