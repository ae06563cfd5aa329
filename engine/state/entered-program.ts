import type { ByteString } from '../model/byte-string.ts';
import { eventCode } from '../model/event-types.ts';
import { enterEventOf } from './kept-enter.ts';
import type { Moment } from './moment.ts';
import { AT_FDCWD } from './open-flags.ts';
import { NO_NAME } from './file.ts';
import { joinPath } from './paths.ts';
import { UNKNOWN, type Thread } from './thread.ts';

const EXECVE_E = eventCode('SYSCALL_EXECVE_19_E');
const AT_EMPTY_PATH = 1;

/** The program's path as far as the entry event of an exec tells it, for recorders that don't give the kernel's own. */
export function enteredProgram(moment: Moment): ByteString | undefined {
  const { thread } = moment;
  const entered = enterEventOf(moment);
  if (thread === undefined || entered === undefined) return undefined;
  const name = entered.name.value;
  if (entered.type === EXECVE_E) return name === UNKNOWN ? UNKNOWN : joinPath(thread.workingDirectory, name);
  const isEmptyAllowed = (entered.flags & AT_EMPTY_PATH) !== 0;
  if (name.startsWith('/')) return isEmptyAllowed ? joinPath('', '.') : joinPath('', name);
  const directory = directoryOf(moment, thread, entered.dirfd);
  if (directory === undefined || (!isEmptyAllowed && name === UNKNOWN)) return UNKNOWN;
  return isEmptyAllowed ? joinPath('', directory) : joinPath(directory, name);
}

/** The directory's path with its slash. The event's file becomes that directory, or none for the working directory. */
function directoryOf(moment: Moment, thread: Thread, dirfd: number): ByteString | undefined {
  const file = thread.findFile(dirfd);
  if (dirfd !== AT_FDCWD && file === undefined) return undefined;
  moment.file = file;
  moment.nameBefore = file?.name ?? NO_NAME;
  if (file === undefined) return thread.workingDirectory;
  const { value } = file.name;
  return value === '' || value.endsWith('/') ? value : `${value}/`;
}
