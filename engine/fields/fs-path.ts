import type { ByteString } from '../model/byte-string.ts';
import type { Event } from '../model/event.ts';
import type { Text } from '../model/text.ts';
import type { Moment } from '../state/moment.ts';
import { AT_FDCWD } from '../state/open-flags.ts';
import type { Thread } from '../state/thread.ts';
import { eventFile } from './event-file.ts';
import { recordedColumn } from './evt/param/recorded-text.ts';
import type { Family, Reading } from './field.ts';
import { PATH_EVENTS, type Base, type PathEvent, type PathPlace } from './fs-path-table.ts';

/** Stands for a directory that is not known, without a slash behind it. */
const UNKNOWN = '<UNKNOWN>';
/** Parameter with what the call returned. */
const RESULT = 0;

/** Paths that a successful call worked on, resolved or as given. */
export const FS_PATH: Family = {
  'fs.path.name': resolved('name'),
  'fs.path.nameraw': given('name'),
  'fs.path.source': resolved('source'),
  'fs.path.sourceraw': given('source'),
  'fs.path.target': resolved('target'),
  'fs.path.targetraw': given('target'),
};

type Which = 'name' | 'source' | 'target';

function given(which: Which): Reading {
  return reading(which, `text:fs.path.${which}raw`, pathText);
}

function resolved(which: Which): Reading {
  return reading(which, `text:fs.path.${which}`, (moment, place) =>
    moment.thread === undefined ? undefined : resolvedPath(moment, moment.thread, place),
  );
}

function reading(
  which: Which,
  subject: `text:${string}`,
  text: (moment: Moment, place: PathPlace) => Text | undefined,
): Reading {
  const column = (moment: Moment): Text | undefined => {
    const paths = PATH_EVENTS[moment.event.type];
    const place = paths?.[which];
    if (paths === undefined || place === undefined || !succeeded(moment.event, paths)) return undefined;
    return text(moment, place);
  };
  return {
    subject,
    eventTypes: new Set(PATH_EVENTS.flatMap((paths, code) => (paths?.[which] === undefined ? [] : [code]))),
    read: (moment) => column(moment)?.value,
    column,
  };
}

/** A call whose result was not recorded didn't succeed. */
function succeeded(event: Event, { success }: PathEvent): boolean {
  if (!event.has(RESULT)) return false;
  const result = event.int64(RESULT);
  return success === 'zero' ? result === 0 : result !== -1;
}

/** The path as the call was given it, or the name of the file that it was given. */
function pathText(moment: Moment, { param }: PathPlace): Text | undefined {
  const { event, system } = moment;
  if (param !== -1) return param < event.paramCount ? recordedColumn(event, param, system.texts) : undefined;
  return moment.thread === undefined ? undefined : (eventFile(moment)?.name ?? system.noBase);
}

function resolvedPath(moment: Moment, thread: Thread, place: PathPlace): Text | undefined {
  const { paths, texts, noBase } = moment.system;
  const path = pathText(moment, place);
  if (path === undefined || path.value === '') return path;
  if (path.value.startsWith('/')) return paths.join(noBase, path);
  if (place.base === 'open-file') return paths.join(noBase, moment.file?.name ?? texts.of(UNKNOWN));
  return paths.join(texts.of(baseName(moment, thread, place.base)), path);
}

function baseName({ event, file }: Moment, thread: Thread, base: Base): ByteString {
  if (base === 'working-directory') return thread.workingDirectory;
  if (base === 'directory-of-event') return file?.kind === 'directory' ? withSlash(file.name.value) : UNKNOWN;
  if (typeof base === 'string') return UNKNOWN;
  const fd = event.int64(base.directory);
  if (fd === AT_FDCWD) return thread.workingDirectory;
  const directory = thread.file(fd);
  return directory === undefined ? UNKNOWN : withSlash(directory.name.value);
}

function withSlash(name: ByteString): ByteString {
  return name === '' || name.endsWith('/') ? name : `${name}/`;
}
