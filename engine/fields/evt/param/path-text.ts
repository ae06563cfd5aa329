import type { ByteString } from '../../../model/byte-string.ts';
import type { EventParam, EventType } from '../../../model/event-types.ts';
import type { Moment } from '../../../state/moment.ts';
import { AT_FDCWD } from '../../../state/open-flags.ts';
import { joinPath } from '../../../state/paths.ts';
import { printable } from '../../../state/printable.ts';
import type { Thread } from '../../../state/thread.ts';
import { NOT_RECORDED } from './recorded-text.ts';

/** The full path of a relative one that an event names; empty for an absolute path, which is shown as it is. */
export function resolvedPathText(moment: Moment, index: number, path: ByteString): ByteString {
  if (moment.thread === undefined || path === '' || path === NOT_RECORDED || path.startsWith('/')) return '';
  return printable(joinPath(baseDirectory(moment, index, moment.thread), path));
}

/** What a relative path starts from: the directory that the event names by its descriptor, else the working directory. */
function baseDirectory({ event }: Moment, index: number, thread: Thread): ByteString {
  const directory = directoryParam(event.info, index);
  if (directory === undefined) return thread.workingDirectory;
  const fd = event.int64(directory);
  if (fd === AT_FDCWD) return thread.workingDirectory;
  const name = thread.file(fd)?.name.value ?? '';
  // Falco would look into /proc of the machine it runs on; a trace has nothing to look into.
  return name === '' ? '' : printable(name.endsWith('/') ? name : `${name}/`);
}

/** The parameter with the directory of a path; undefined when the path has none of its own. */
function directoryParam(type: EventType, index: number): number | undefined {
  const path = type.params[index] as EventParam;
  const directory = path.type === 'FSRELPATH' ? path.info?.dirfd : undefined;
  return directory !== undefined && type.params[directory]?.type === 'FD' ? directory : undefined;
}
