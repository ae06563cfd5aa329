import { complain, nextLine, wholeInput, type CommandIo, type Wait } from '../node-command.ts';

/** A file that a command reads: its name as typed, and its text. */
export interface ReadFile {
  readonly name: string;
  readonly text: string;
}

/** Texts of the files that are named, `-` for the input; what can't be read is complained of. */
export function* readFiles(
  io: CommandIo,
  names: readonly string[],
): Generator<Wait, { readonly files: readonly ReadFile[]; readonly hasFailed: boolean }, void> {
  const files: ReadFile[] = [];
  let hasFailed = false;
  for (const name of names) {
    const text = name === '-' ? yield* wholeInput(io) : io.node.files.read(io.node.resolve(name));
    if (text !== undefined) files.push({ name, text });
    else {
      const isFolder = io.node.files.isFolder(io.node.resolve(name));
      complain(io, `${name}: ${isFolder ? 'Is a directory' : 'No such file or directory'}`);
      hasFailed = true;
    }
  }
  return { files, hasFailed };
}

/** Lines of the files that are named, or of the input as it comes where none is. */
export function* eachLine(
  io: CommandIo,
  names: readonly string[],
  take: (line: string, file: string) => boolean | void,
): Generator<Wait, boolean, void> {
  if (names.length === 0) {
    for (let line = yield* nextLine(io); line !== undefined; line = yield* nextLine(io)) {
      if (take(line, '-') === false) break;
    }
    return false;
  }
  const { files, hasFailed } = yield* readFiles(io, names);
  for (const { name, text } of files) {
    for (const line of linesOf(text)) if (take(line, name) === false) break;
  }
  return hasFailed;
}

/** Lines without their ends; an end at the very end begins no other one. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** Lines with their ends; nothing for none. */
export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
