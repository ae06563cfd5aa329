import { byteString, bytesOf, fromUnicode } from '../../engine/model/byte-string.ts';
import { buildEvent, type ParamInput } from '../../engine/model/event-builder.ts';
import type { NetworkInterface } from '../../engine/model/snapshot.ts';
import type { File } from '../../engine/state/file.ts';
import { createSystem, type System } from '../../engine/state/system.ts';
import { processEntry, type ProcessWords } from './process-words.ts';
import { addressBytes, hostBytes, tupleBytes } from './socket-words.ts';

/** An event in words: symbol, tid, parameters, and nanoseconds after the one before (1000 by default). */
export type EventWords = readonly [symbol: string, tid: number, params: readonly unknown[], nanoseconds?: number];

/** Facts of a file or a thread by the names they have in the state; `name` of a file is its text. */
export type Facts = Readonly<Record<string, unknown>>;

/** What happens on a machine and what is known of it afterwards. */
export interface Story {
  readonly name: string;
  /** Processes at the start; a shell with tid 100 below init by default. */
  readonly processes?: readonly ProcessWords[];
  /** `ADDRESS/NETMASK` of each interface. */
  readonly interfaces?: readonly string[];
  readonly events: readonly EventWords[];
  /** Open files of thread 100 by number; null where there is none. */
  readonly files?: Readonly<Record<string, Facts | null>>;
  /** Threads by tid; null where there is none. */
  readonly threads?: Readonly<Record<string, Facts | null>>;
  /** Of the last event: its file and `fd.num`. */
  readonly moment?: { readonly file?: Facts | null; readonly fd?: number; readonly visible?: boolean };
}

const SHELL: readonly ProcessWords[] = [
  { tid: 1, ptid: 0, comm: 'init' },
  { tid: 100, ptid: 1, comm: 'sh', cwd: '/home/user' },
];
const START = 1_700_000_000_000_000_000n;

/** Lets a story happen and compares what is known then with what the story says. */
export function tell(story: Story): { readonly found: unknown; readonly expected: unknown } {
  const system = createSystem();
  begin(system, story.processes ?? SHELL, story.interfaces ?? []);
  let time = START;
  let moment = system.apply(eventOf(['GENERIC_X', 1, [0, 0]], time, 1));
  story.events.forEach((words, index) => {
    time += BigInt(words[3] ?? 1000);
    moment = system.apply(eventOf(words, time, index + 2));
  });
  const found: Record<string, unknown> = {};
  if (story.moment !== undefined) {
    const { file, thread, visible } = moment;
    const all = { file: factsOf(file, story.moment.file), fd: thread?.lastEventFd, visible };
    found.moment = pick(all, Object.keys(story.moment));
  }
  system.settle();
  if (story.files !== undefined) {
    found.files = mapKeys(story.files, (fd, facts) => factsOf(system.threads.get(100)?.file(Number(fd)), facts));
  }
  if (story.threads !== undefined) {
    found.threads = mapKeys(story.threads, (tid, facts) => {
      const thread = system.threads.get(Number(tid));
      return thread === undefined || facts === null ? (thread?.comm ?? null) : pick(thread, Object.keys(facts));
    });
  }
  const { files, threads } = story;
  return { found: plain(found), expected: plain({ moment: story.moment, files, threads }) };
}

/** Gives a system its first processes. */
export function begin(system: System, processes: readonly ProcessWords[], interfaces: readonly string[] = []): void {
  system.beginSection();
  system.setInterfaces(interfaces.map(interfaceOf));
  for (const words of processes) system.addProcess(processEntry(words));
}

/** An event from words. Texts are UTF-8; `{tuple}`, `{address}`, `{hex}` and bytes themselves are raw bytes. */
export function eventOf([symbol, tid, params]: EventWords, time: bigint, num: number) {
  const event = buildEvent(symbol, { time, tid }, params.map(paramOf));
  event.num = num;
  return event;
}

function paramOf(words: unknown): ParamInput {
  if (words === null) return undefined;
  if (typeof words === 'string') return fromUnicode(words);
  if (Array.isArray(words)) return words.map((text) => fromUnicode(String(text)));
  if (typeof words !== 'object' || words instanceof Uint8Array) return words as ParamInput;
  if ('tuple' in words) return tupleBytes(String(words.tuple));
  if ('address' in words) return addressBytes(String(words.address));
  if ('hex' in words) return Uint8Array.from(String(words.hex).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  throw new Error(`no parameter: ${JSON.stringify(words)}`);
}

function interfaceOf(words: string): NetworkInterface {
  const [address, netmask] = words.split('/').map((text) => byteString(hostBytes(text))) as [string, string];
  return { name: 'eth0', address, netmask, broadcast: '', linkSpeed: undefined };
}

function factsOf(file: File | undefined, wanted: Facts | null | undefined): unknown {
  if (file === undefined || wanted === null) return file?.name.value ?? null;
  return pick({ ...readable(file), name: file.name.value, rawName: file.rawName.value }, Object.keys(wanted ?? {}));
}

function readable(file: File): Record<string, unknown> {
  const dotted = (ip: string): string => [...bytesOf(ip)].join('.');
  const { kind, role, closeOnExec, sourcePort, destPort, l4 } = file;
  return {
    ...file,
    kind,
    role,
    closeOnExec,
    sourcePort,
    destPort,
    l4,
    source: dotted(file.sourceIp),
    dest: dotted(file.destIp),
  };
}

function pick(from: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, (from as Record<string, unknown>)[key]]));
}

function mapKeys<T>(
  record: Readonly<Record<string, T>>,
  value: (key: string, item: T) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, value(key, item)]));
}

/** As JSON has it: bigints as numbers, nothing undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)));
}
