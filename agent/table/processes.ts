import { paramInfo } from '../../engine/model/event-flags.ts';
import { byteString, type ByteString } from '../../engine/model/byte-string.ts';
import { FAULT, PATH, PLACE, PROCESS, SAME_GROUP, SECTION } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { bitsAt, CLONE } from './flags.ts';
import { sizeAt, step, writeText } from './params.ts';
import { STEP, type Param, type ParamAt, type Step } from './row.ts';

/** The step that collects the calling thread. */
export const PROCESS_STEP = step(STEP.PROCESS, 0);
/** Subsystems in the order in which captures have them. */
const SUBSYSTEMS = ['cpuset', 'cpu', 'cpuacct', 'io', 'memory'];
const MAX_TEXT_BYTES = 4096;
const scratch = new Uint8Array(MAX_TEXT_BYTES * 6);

/** A number of the calling thread, by its offset; `signed` for ids. */
export function processNumber(offset: number, size: 4 | 8): ParamAt {
  return (place) => {
    const target = sizeAt(place);
    return told((record, output, at) =>
      output.sized(target, record.uint32(at + offset), size === 8 ? record.uint32(at + offset + 4) : 0),
    );
  };
}

/** Its thread id, and the id of its process. */
export const threadId: ParamAt = () => ({ steps: [], write: (record, output) => output.uint64(record.tid, 0) });

/** The id of its process. */
export const processId: ParamAt = () => ({ steps: [], write: (record, output) => output.uint64(record.pid, 0) });

/** Its name. */
export const comm: ParamAt = () =>
  told((record, output, at) => {
    const start = at + PROCESS.COMM;
    let length = 0;
    while (length < PROCESS.COMM_BYTES && record.bytes[start + length] !== 0) length++;
    output.text(record.bytes, start, length);
  });

/** The first of its arguments. */
export const exe: ParamAt = () => ({
  steps: [],
  write: (record, output) => {
    const section = record.find(SECTION.ARGS, 0);
    if (section === -1) return output.text(record.bytes, 0, 0);
    output.text(record.bytes, record.starts[section] as number, firstLength(record, section));
  },
});

/** The others, each with its NUL. */
export const args: ParamAt = () => ({
  steps: [],
  write: (record, output) => {
    const section = record.find(SECTION.ARGS, 0);
    if (section === -1) return output.absent();
    const skipped = firstLength(record, section) + 1;
    writeList(record, output, section, Math.min(skipped, record.lengths[section] as number));
  },
});

/** Its environment. */
export const environment: ParamAt = () => ({
  steps: [],
  write: (record, output) => {
    const section = record.find(SECTION.ENV, 0);
    if (section === -1) output.absent();
    else writeList(record, output, section, 0);
  },
});

/** A path of its own. */
export function processPath(which: number): ParamAt {
  return () => ({
    steps: [],
    write: (record, output) => {
      const length = pathInto(record, record.find(SECTION.PATH, which), 0);
      output.text(scratch, 0, length);
    },
  });
}

/** Its working directory. */
export const cwd = processPath(PATH.CWD);
/** The file of its program. */
export const exePath = processPath(PATH.EXE);

/** Its control groups, `subsystem=path` each. */
export const cgroups: ParamAt = () => ({
  steps: [],
  write: (record, output) => output.copy(scratch, 0, groupsInto(record)),
});

/** The same as texts. */
export function groupNames(record: Record): ByteString[] {
  const all = byteString(scratch, 0, groupsInto(record));
  return all === '' ? [] : all.slice(0, -1).split('\0');
}

function groupsInto(record: Record): number {
  let at = 0;
  let last = -1;
  for (let section = 0; section < record.sections; section++) {
    if (record.tags[section] !== SECTION.CGROUP) continue;
    const note = record.notes[section] as number;
    const name = SUBSYSTEMS[note & ~SAME_GROUP];
    if (name === undefined) continue;
    if ((note & SAME_GROUP) === 0) last = section;
    for (let i = 0; i < name.length; i++) scratch[at++] = name.charCodeAt(i);
    scratch[at++] = EQUALS;
    at += pathInto(record, last, at);
    scratch[at++] = 0;
  }
  return at;
}

/** Clone's flags, from an argument or from clone3's structure, with what the place of the thread adds. */
export function cloneFlags(flagsOf: (record: Record) => number, steps: readonly Step[] = []): ParamAt {
  return (place) => {
    const translate = bitsAt(place, CLONE);
    const inNamespace = new Map(paramInfo(place.code, place.index)?.flags ?? []).get('CLONE_CHILD_IN_PIDNS') ?? 0;
    return {
      steps,
      write: (record, output) => {
        const at = record.process;
        const isInside = at !== -1 && (record.uint32(at + PROCESS.PLACE) & PLACE.IN_PIDNS) !== 0;
        output.uint32((translate(flagsOf(record)) | (isInside ? inNamespace : 0)) >>> 0);
      },
    };
  };
}

/** The program that an exec asked for. */
export const filename: ParamAt = () => ({
  steps: [],
  write: (record, output) => writeText(record, output, record.find(SECTION.TEXT, 0)),
});

const EQUALS = 61;
const SLASH = 47;

/** A parameter that is absent in a record without a process. */
function told(write: (record: Record, output: Parameters<Param['write']>[1], at: number) => void): Param {
  return {
    steps: [],
    write: (record, output) => {
      const at = record.process;
      if (at === -1) output.absent();
      else write(record, output, at);
    },
  };
}

function firstLength(record: Record, section: number): number {
  const start = record.starts[section] as number;
  const most = record.lengths[section] as number;
  let length = 0;
  while (length < most && record.bytes[start + length] !== 0) length++;
  return length;
}

/** Texts back to back, the last one ended by a NUL even where it was cut. */
function writeList(record: Record, output: Parameters<Param['write']>[1], section: number, skipped: number): void {
  const start = (record.starts[section] as number) + skipped;
  const length = Math.min((record.lengths[section] as number) - skipped, MAX_TEXT_BYTES - 1);
  if (length <= 0) return output.absent();
  if (record.bytes[start + length - 1] === 0) output.copy(record.bytes, start, length);
  else output.text(record.bytes, start, length);
}

/** Turns a path that was told leaf first round, into the scratch at a place; gives its length. */
function pathInto(record: Record, section: number, to: number): number {
  if (section === -1) return 0;
  const { bytes } = record;
  const start = record.starts[section] as number;
  const end = start + (record.lengths[section] as number);
  if ((record.faults[section] as number) & FAULT.ROOTLESS) {
    const length = Math.max(0, end - start - 1);
    for (let i = 0; i < length; i++) scratch[to + i] = bytes[start + i] as number;
    return length;
  }
  let at = to;
  let last = end - 1;
  while (last > start) {
    let first = last;
    while (first > start && bytes[first - 1] !== 0) first--;
    scratch[at++] = SLASH;
    for (let i = first; i < last; i++) scratch[at++] = bytes[i] as number;
    last = first - 1;
  }
  if (at === to) scratch[at++] = SLASH;
  return at - to;
}

/** The path of a section as bytes, valid until the next call. */
export function pathBytes(record: Record, section: number): Uint8Array {
  return scratch.subarray(0, pathInto(record, section, 0));
}
