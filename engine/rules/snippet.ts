import { fromUnicode, toUnicode, type ByteString } from '../model/byte-string.ts';
import type { DiagnosticLocation } from '../model/diagnostic.ts';

/** Bytes that a snippet shows before and after its place at most. */
const REACH = 80;

/** The texts of all files in bytes, each turned into bytes once, when it is first shown. */
export class FileBytes {
  readonly #files: ReadonlyMap<string, string>;
  readonly #bytes = new Map<string, ByteString>();

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
  }

  /** The text of a file by its name. */
  of(name: string): ByteString | undefined {
    const text = this.#files.get(name);
    let bytes = this.#bytes.get(name);
    if (bytes === undefined && text !== undefined) this.#bytes.set(name, (bytes = fromUnicode(text)));
    return bytes;
  }
}

/**
 * The line around a place with a mark under it, as Falco shows it. `shown` is the condition for a place in one; else
 * the file of that name is shown. Falco looks up a place in a condition as if it were one in the file, so that its mark
 * is often at the end.
 */
export function snippet(location: DiagnosticLocation, shown: ByteString | undefined, files: FileBytes): string {
  const { name, offset } = location.position;
  const content = shown !== undefined && shown !== '' ? shown : files.of(name);
  if (content === undefined) return `<No context for file + ${name}>\n`;
  if (content === '') return '<No context available>\n';
  let at = Math.min(offset, content.length - 1);
  while (at > 0 && content[at] === '\n') at--;
  let from = at;
  while (from > 0 && content[from] !== '\n' && at - from < REACH) from--;
  let to = at;
  while (to < content.length - 1 && content[to] !== '\n' && to - at < REACH) to++;
  if (content[from] === '\n') from++;
  if (content[to] === '\n') to--;
  return draw(content.slice(from, to + 1), at - from, to - at);
}

function draw(line: ByteString, before: number, after: number): string {
  if (line === '') return '<No context available>\n';
  let text = line;
  if (before >= REACH) text = `...${text.slice(3)}`;
  if (after >= REACH) text = `${text.slice(0, -3)}...`;
  const mark = before <= text.length ? `${' '.repeat(before)}^\n` : '';
  return `${toUnicode(text)}\n${mark}`;
}
