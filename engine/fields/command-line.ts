import type { ByteString } from '../model/byte-string.ts';
import type { Thread } from '../state/thread.ts';

/** Texts made of one list of arguments. A list is replaced, never changed, so its identity tells whether they still hold. */
interface Joined {
  readonly args: ByteString;
  comm: ByteString;
  commandLine: ByteString;
}

const joined = new WeakMap<readonly ByteString[], Joined>();

function joinedOf(thread: Thread): Joined {
  let texts = joined.get(thread.args);
  if (texts === undefined) {
    const args = thread.args.join(' ');
    texts = { args, comm: thread.comm, commandLine: commandLine(thread, args) };
    joined.set(thread.args, texts);
  } else if (texts.comm !== thread.comm) {
    texts.comm = thread.comm;
    texts.commandLine = commandLine(thread, texts.args);
  }
  return texts;
}

function commandLine(thread: Thread, args: ByteString): ByteString {
  return thread.args.length === 0 ? thread.comm : `${thread.comm} ${args}`;
}

/** `proc.args`: the arguments without argv[0], a blank between them. */
export function argsText(thread: Thread): ByteString {
  return thread.args.length === 0 ? '' : joinedOf(thread).args;
}

/** `proc.cmdline`: the process name, not argv[0], then the arguments. */
export function commandLineText(thread: Thread): ByteString {
  return thread.args.length === 0 ? thread.comm : joinedOf(thread).commandLine;
}

/** `proc.exeline`: argv[0], a blank even when nothing follows, then the arguments. */
export function exeLineText(thread: Thread): ByteString {
  return `${thread.exe} ${argsText(thread)}`;
}

/** `proc.cmdlenargs`: bytes of all arguments, blanks not counted. */
export function argsLength(thread: Thread): number {
  return thread.args.reduce((sum, arg) => sum + arg.length, 0);
}
