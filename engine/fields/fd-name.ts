import type { ByteString } from '../model/byte-string.ts';
import type { Text, Texts } from '../model/text.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import { eventFile, FILE_EVENTS, fileEventThread } from './event-file.ts';
import { nameInEvent, rawNameInEvent } from './event-name.ts';
import type { Family, Reading } from './field.ts';
import { directoryOf, fileNameOf, withoutRepeatedSlashes } from './path-part.ts';

/** The name of the event's file and its parts. While the file is not known, as after a failed open, the event has it. */
export const FD_NAME: Family = {
  'fd.name': ofText('fd.name', name),
  'fd.directory': ofText('fd.directory', directory),
  'fd.filename': ofText('fd.filename', fileName, fileNameOf),
  'fd.nameraw': ofText('fd.nameraw', rawName, withoutRepeatedSlashes),
  'fd.containername': inContainer(name),
  'fd.containerdirectory': inContainer(directory),
};

function ofText(
  columnName: string,
  column: (moment: Moment) => Text | undefined,
  fromColumn?: (text: ByteString) => Value | undefined,
): Reading {
  const reading = { subject: `text:${columnName}` as const, eventTypes: FILE_EVENTS, column };
  if (fromColumn === undefined) return { ...reading, read: (moment) => column(moment)?.value };
  return {
    ...reading,
    fromColumn,
    read: (moment) => {
      const text = column(moment);
      return text === undefined ? undefined : fromColumn(text.value);
    },
  };
}

/** `ID:` of the container, empty on the host, before a name. */
function inContainer(column: (moment: Moment) => Text | undefined): Reading {
  return {
    subject: 'event',
    eventTypes: FILE_EVENTS,
    read: (moment) => {
      const text = column(moment);
      return text === undefined ? undefined : `${moment.thread?.containerId ?? ''}:${text.value}`;
    },
  };
}

function name(moment: Moment): Text | undefined {
  return eventFile(moment)?.name ?? nameOfUnknown(moment);
}

/** Of a directory the name itself; of another file, or one that is not known, what stands before the last slash. */
function directory(moment: Moment): Text | undefined {
  const file = eventFile(moment);
  if (file?.kind === 'directory') return file.name;
  if (file !== undefined && file.kind !== 'file') return undefined;
  const path = file === undefined ? nameOfUnknown(moment) : file.name;
  return path === undefined ? undefined : directoryText(moment.system.texts, path);
}

function fileName(moment: Moment): Text | undefined {
  const file = eventFile(moment);
  return file?.kind === 'file' ? file.name : undefined;
}

function rawName(moment: Moment): Text | undefined {
  const file = eventFile(moment);
  if (file !== undefined) return file.rawName;
  return fileEventThread(moment) === undefined ? undefined : rawNameInEvent(moment);
}

function nameOfUnknown(moment: Moment): Text | undefined {
  return fileEventThread(moment) === undefined ? undefined : nameInEvent(moment);
}

/** Directories of paths by the id of the path's text: the same paths come again and again. */
const directories = new WeakMap<Texts, (Text | undefined)[]>();

function directoryText(texts: Texts, path: Text): Text {
  if (path.id === 0) return texts.of(directoryOf(path.value));
  let known = directories.get(texts);
  if (known === undefined) directories.set(texts, (known = []));
  while (known.length <= path.id) known.push(undefined);
  return (known[path.id] ??= texts.of(directoryOf(path.value)));
}
