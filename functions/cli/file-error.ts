import { UnreadableError } from './command.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to open it',
  EPERM: 'no permission to open it',
  EISDIR: 'is a folder, not a file',
  EMFILE: 'too many open files',
  ENOSPC: 'no space left on the disk',
};

/** A system error in words. */
export function reason(error: NodeJS.ErrnoException): string {
  return WORDS[error.code ?? ''] ?? error.message;
}

/** Runs a file operation; its system error becomes an UnreadableError that names the file. */
export function attempt<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    throw new UnreadableError(`${path}: ${reason(error as NodeJS.ErrnoException)}`);
  }
}
