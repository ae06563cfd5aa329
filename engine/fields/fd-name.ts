import type { ByteString } from '../model/byte-string.ts';
import type { Text } from '../model/text.ts';
import type { Moment } from '../state/moment.ts';
import { eventFile, FILE_EVENTS, fileEventThread } from './event-file.ts';
import { rawNameInEvent } from './event-name.ts';
import type { Family, Reading } from './field.ts';
import { ofNamedFile, type NamedFile } from './file-column.ts';
import { directoryOf, fileNameOf, withoutRepeatedSlashes } from './path-part.ts';

const NAME = ofNamedFile(({ name }) => name);
const DIRECTORY = ofNamedFile(directory);

/** The name of the event's file and its parts. While the file is not known, as after a failed open, the event has it. */
export const FD_NAME: Family = {
  'fd.name': NAME,
  'fd.directory': DIRECTORY,
  'fd.filename': ofNamedFile(({ kind, name }) => (kind === 'file' ? fileNameOf(name as ByteString) : undefined)),
  'fd.nameraw': {
    subject: 'text:fd.nameraw',
    eventTypes: FILE_EVENTS,
    column: rawName,
    fromColumn: withoutRepeatedSlashes,
    read: (moment) => {
      const text = rawName(moment);
      return text === undefined ? undefined : withoutRepeatedSlashes(text.value);
    },
  },
  'fd.containername': inContainer(NAME),
  'fd.containerdirectory': inContainer(DIRECTORY),
};

/** `ID:` of the container, empty on the host, before a name. */
function inContainer({ read }: Reading): Reading {
  return {
    subject: 'event',
    eventTypes: FILE_EVENTS,
    read: (moment) => {
      const name = read(moment) as ByteString | undefined;
      return name === undefined ? undefined : `${moment.thread?.containerId ?? ''}:${name}`;
    },
  };
}

/** Of a directory the name itself; of another file, or one that is not known, what stands before the last slash. */
function directory({ kind, name }: NamedFile): ByteString | undefined {
  if (kind === 'directory') return name;
  return name === undefined || (kind !== undefined && kind !== 'file') ? undefined : directoryOf(name);
}

function rawName(moment: Moment): Text | undefined {
  const file = eventFile(moment);
  if (file !== undefined) return file.rawName;
  return fileEventThread(moment) === undefined ? undefined : rawNameInEvent(moment);
}
