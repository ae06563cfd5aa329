import fc from 'fast-check';
import { byteString } from '../../engine/model/byte-string.ts';
import { Event } from '../../engine/model/event.ts';
import { EVENT_TYPES, type EventParam } from '../../engine/model/event-types.ts';
import { integerOf } from '../../engine/model/integer.ts';
import { PARAM_SIZES } from '../../engine/model/param-type.ts';
import type { FileEntry, Machine, NetworkInterface, ProcessEntry } from '../../engine/model/snapshot.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { appendBytes } from '../../engine/trace/event-scratch.ts';
import { emptyFile } from '../../engine/trace/scap/file-list.ts';
import { emptyProcess } from '../../engine/trace/scap/process-list.ts';
import { upgradeOf } from '../../engine/trace/scap/upgrade-steps.ts';
import { NEED, NEEDS } from '../../engine/trace/scap/upgrader.ts';

/** Says its part of a trace to a sink. */
export type Telling = (sink: TraceSink) => void;

const latin = fc.uint8Array({ min: 1, maxLength: 40 }).map((bytes) => byteString(bytes));
const readable = fc
  .string({ maxLength: 30 })
  .map((text) => byteString(new TextEncoder().encode(text.replaceAll('\0', ''))));
/** Texts without a NUL: readable ones, and bytes that are no UTF-8. */
const text = fc.oneof(fc.constant(''), readable, latin);
/** One empty text alone can't be told from none, in a capture. */
const texts = fc.array(text, { maxLength: 5 }).filter((list) => list.join('') !== '' || list.length !== 1);
const u32 = fc.oneof(fc.constantFrom(0, 1, 0xffffffff), fc.integer({ min: 0, max: 0xffffffff }));
const u16 = fc.integer({ min: 0, max: 0xffff });
const u64 = fc.bigInt(0n, 2n ** 64n - 1n).map(integerOf);
const i64 = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(integerOf);
const id = fc.oneof(fc.constantFrom(-1, 0, 1), fc.maxSafeInteger());
const ip = (width: number) => fc.uint8Array({ minLength: width, maxLength: width }).map((bytes) => byteString(bytes));

const machine: fc.Arbitrary<Machine> = fc.record({
  cpus: u32,
  memoryBytes: u64,
  maxPid: u64,
  hostname: text,
  bootTime: fc.bigInt(0n, 2n ** 64n - 1n),
  flags: u64,
});

const networkInterface: fc.Arbitrary<NetworkInterface> = fc.constantFrom(4, 16).chain((width) =>
  fc.record({
    name: text,
    address: ip(width),
    netmask: ip(width),
    broadcast: ip(width),
    linkSpeed: fc.option(u64, { nil: undefined }),
  }),
);

const user = fc.record({ uid: u32, gid: u32, name: text, home: text, shell: text });
const group = fc.record({ gid: u32, name: text });

const process: fc.Arbitrary<ProcessEntry> = fc
  .record(
    {
      tid: id,
      pid: id,
      ptid: id,
      sid: id,
      pgid: id,
      vpgid: id,
      vtid: id,
      vpid: id,
      comm: text,
      exe: text,
      exepath: text,
      cwd: text,
      root: text,
      args: texts,
      env: texts,
      cgroups: texts,
      fdLimit: i64,
      flags: u32,
      uid: u32,
      gid: u32,
      loginuid: u32,
      vmSize: u32,
      vmRss: u32,
      vmSwap: u32,
      tty: u32,
      majorFaults: u64,
      minorFaults: u64,
      capInheritable: u64,
      capPermitted: u64,
      capEffective: u64,
      exeWritable: fc.boolean(),
      exeUpperLayer: fc.boolean(),
      exeLowerLayer: fc.boolean(),
      exeFromMemfd: fc.boolean(),
      exeInode: u64,
      exeCtime: u64,
      exeMtime: u64,
      pidnsInitStart: u64,
    },
    { requiredKeys: [] },
  )
  .map((fields) => ({ ...emptyProcess(), ...(fields as Partial<ProcessEntry>) }));

const endpoints = (width: number) => ({ sourceIp: ip(width), sourcePort: u16, l4: fc.integer({ min: 0, max: 255 }) });
const FILE_PAYLOADS: Readonly<Record<number, Record<string, fc.Arbitrary<unknown>>>> = {
  3: { ...endpoints(4), destIp: ip(4), destPort: u16 },
  4: { ...endpoints(16), destIp: ip(16), destPort: u16 },
  5: endpoints(4),
  6: endpoints(16),
  8: { name: text, sourcePointer: u64, destPointer: u64 },
  16: { name: text, openFlags: u32, device: u32 },
};

const file: fc.Arbitrary<FileEntry> = fc
  .integer({ min: 1, max: 21 })
  .chain((kind) =>
    fc.record({ base: fc.constant(kind), fd: id, inode: u64, ...(FILE_PAYLOADS[kind] ?? { name: text }) }),
  )
  .map(({ base, ...fields }) => ({ ...emptyFile(0, base), ...(fields as Partial<FileEntry>) }));

/** Types and parameter counts that pass as they are: whoever writes a trace today writes those. */
const LAYOUTS = EVENT_TYPES.flatMap(({ code, params }) => {
  const counts = Array.from({ length: params.length + 1 }, (_, count) => count);
  return counts.filter((count) => isOfToday(code, count, params.length)).map((count) => ({ code, count }));
});

function isOfToday(code: number, count: number, params: number): boolean {
  const need = NEEDS[code];
  if (need === NEED.DROP) return false;
  if (need === NEED.NOTHING) return true;
  if (need === NEED.ALL_PARAMS) return count === params;
  return upgradeOf(code, count)?.action.endsWith('PASS') ?? false;
}

function param({ type }: EventParam): fc.Arbitrary<Uint8Array> {
  const size = PARAM_SIZES[type];
  const absent = fc.constant(new Uint8Array(0));
  const raw = fc.uint8Array({ maxLength: 60 });
  if (size !== undefined)
    return fc.oneof(absent, { weight: 5, arbitrary: fc.uint8Array({ minLength: size, maxLength: size }) }, raw);
  const ended = texts.map((list) =>
    Uint8Array.from(list.map((item) => `${item}\0`).join(''), (letter) => letter.charCodeAt(0)),
  );
  const family = fc
    .constantFrom(1, 2, 10, 16)
    .chain((first) =>
      fc
        .constantFrom(0, 6, 12, 18, 36, 20)
        .chain((length) =>
          fc.uint8Array({ minLength: length, maxLength: length }).map((rest) => Uint8Array.from([first, ...rest])),
        ),
    );
  return fc.oneof(absent, raw, ended, family);
}

const event: fc.Arbitrary<Event> = fc.constantFrom(...LAYOUTS).chain(({ code, count }) =>
  fc
    .record({
      time: fc.bigInt(0n, 2n ** 64n - 1n),
      tid: id,
      cpu: u16,
      stateOnly: fc.boolean(),
      params: fc.tuple(...EVENT_TYPES[code]!.params.slice(0, count).map(param)),
    })
    .map(({ time, tid, cpu, stateOnly, params }) => {
      const made = Object.assign(new Event(), { tid, cpu, stateOnly, type: code });
      made.timeLow = Number(time & 0xffffffffn);
      made.timeHigh = Number(time >> 32n);
      for (const bytes of params) appendBytes(bytes, made);
      return made;
    }),
);

const snapshot: fc.Arbitrary<Telling> = fc.oneof(
  machine.map(
    (value): Telling =>
      (sink) =>
        sink.machine(value),
  ),
  fc.array(networkInterface, { maxLength: 3 }).map(
    (list): Telling =>
      (sink) =>
        sink.interfaces(list),
  ),
  fc.tuple(fc.array(user, { maxLength: 3 }), fc.array(group, { maxLength: 3 })).map(
    (lists): Telling =>
      (sink) =>
        sink.users(...lists),
  ),
  process.map(
    (value): Telling =>
      (sink) =>
        sink.process(value),
  ),
  fc.tuple(id, fc.array(file, { maxLength: 4 })).map(
    (told): Telling =>
      (sink) =>
        sink.files(...told),
  ),
);

const oneSection = fc
  .tuple(fc.array(snapshot, { maxLength: 6 }), fc.array(event, { maxLength: 10 }))
  .map(([head, events]): ((sink: TraceSink, num: number) => number) => (sink, num) => {
    sink.section();
    for (const tell of head) tell(sink);
    for (const each of events) {
      each.num = ++num;
      sink.event(each);
    }
    return num;
  });

/** A whole trace of one or two sections, as a recorder of today would tell it. */
export const arbitraryTrace: fc.Arbitrary<Telling> = fc
  .array(oneSection, { minLength: 1, maxLength: 2 })
  .map((sections): Telling => (sink) => {
    let num = 0;
    for (const tell of sections) num = tell(sink, num);
  });
