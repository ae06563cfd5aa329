import type { Moment } from '../state/moment.ts';
import { FILE_EVENTS, fileEventThread } from './event-file.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { ofNamedFile } from './file-column.ts';
import { fileTypeName, typeOfKind } from './file-type.ts';
import { syntaxProblem } from './reading.ts';
import { scanNumber } from './scanned-number.ts';

/** What kind of file the event's is. */
export const FD_KIND: Family = {
  'fd.type': ofNamedFile(({ kind }) => (kind === undefined ? undefined : typeOfKind(kind).name)),
  'fd.typechar': ofNamedFile(({ typeChar }) => typeChar),
  'fd.types': types,
};

/** `fd.types[N]` is the type of fd N; without N the types of all open files, each once. Both are lists. */
function types(argument: string | undefined): Reading | FieldProblem {
  const fd = argument === undefined ? -1 : scanNumber(argument, 64);
  if (fd === undefined) return syntaxProblem(`${argument} is not a valid number`);
  return { subject: 'event', eventTypes: FILE_EVENTS, read: fd === -1 ? allTypes : (moment) => typesOf(moment, fd) };
}

function typesOf(moment: Moment, fd: number): string[] | undefined {
  const thread = fileEventThread(moment);
  const file = thread === undefined ? undefined : thread.file(fd);
  return file === undefined ? undefined : [fileTypeName(file)];
}

function allTypes(moment: Moment): string[] | undefined {
  const thread = fileEventThread(moment);
  if (thread === undefined) return undefined;
  const names: string[] = [];
  thread.openFiles?.eachInOrder((file) => {
    const name = fileTypeName(file);
    if (!names.includes(name)) names.push(name);
  });
  return names;
}
