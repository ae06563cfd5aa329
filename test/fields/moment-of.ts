import { buildEvent, type ParamInput } from '../../engine/model/event-builder.ts';
import { fromUnicode } from '../../engine/model/byte-string.ts';
import type { FileKind, GroupEntry, NetworkInterface, UserEntry } from '../../engine/model/snapshot.ts';
import { L4_PROTOCOLS } from '../../engine/model/snapshot.ts';
import type { Texts } from '../../engine/model/text.ts';
import type { Container } from '../../engine/state/containers.ts';
import { File } from '../../engine/state/file.ts';
import { FileTable } from '../../engine/state/files.ts';
import { Moment } from '../../engine/state/moment.ts';
import { setPort, IPV4, IPV4_SERVER, IPV6, IPV6_SERVER } from '../../engine/state/socket-layout.ts';
import { createSystem, type System } from '../../engine/state/system.ts';
import type { Thread } from '../../engine/state/thread.ts';

/** A file in words: ends of sockets are `ADDRESS PORT`, an address as bytes in decimal or groups in hex. */
interface FileWords {
  readonly fd: number;
  readonly kind?: FileKind;
  readonly name?: string;
  readonly raw?: string;
  readonly source?: string;
  readonly dest?: string;
  readonly role?: 'client' | 'server';
  readonly l4?: string;
  readonly [fact: string]: unknown;
}

/** A thread in words: facts by the names of `Thread`, and its files. Without `pid` it is a process, `pid` its tid. */
interface ThreadWords {
  readonly tid: number;
  readonly files?: readonly FileWords[];
  readonly [fact: string]: unknown;
}

/** An event in words. A parameter `{ hex }` is raw bytes, `{ i64 }` one or more numbers of 8 bytes. */
export interface EventWords {
  readonly symbol: string;
  readonly tid?: number;
  readonly time?: number | string;
  readonly cpu?: number;
  readonly num?: number;
  readonly params?: readonly unknown[];
}

/** What is known of the machine, in words. */
export interface MachineWords {
  readonly threads?: readonly ThreadWords[];
  readonly event: EventWords;
  readonly users?: readonly UserEntry[];
  readonly groups?: readonly GroupEntry[];
  readonly containers?: readonly (Pick<Container, 'id'> & Partial<Container>)[];
  readonly interfaces?: readonly string[];
  readonly hosts?: Readonly<Record<string, string | readonly string[]>>;
  /** Number of the event's open file, where the event brings it along. */
  readonly file?: number;
  /** Id of the container that the event itself tells of. */
  readonly news?: string;
}

/** The moment that the words describe. */
export function momentOf(words: MachineWords): Moment {
  const moment = new Moment(systemOf(words));
  for (const thread of words.threads ?? []) addThread(moment.system, thread);
  moveTo(moment, words.event);
  moment.file = words.file === undefined ? undefined : moment.thread?.file(words.file);
  return moment;
}

/** Lets another event happen at the same machine. */
export function moveTo(moment: Moment, words: EventWords): Moment {
  moment.event = buildEvent(
    words.symbol,
    { time: BigInt(words.time ?? 0), tid: words.tid ?? -1, cpu: words.cpu ?? 0 },
    (words.params ?? []).map(paramOf),
  );
  moment.event.num = words.num ?? 1;
  moment.thread = moment.system.threads.get(moment.event.tid);
  return moment;
}

function systemOf(words: MachineWords): System {
  const hosts = Object.entries(words.hosts ?? {}).map(
    ([address, name]) => [addressOf(address), [name].flat()] as const,
  );
  const system = createSystem({ hosts: new Map(hosts) });
  system.local.set((words.interfaces ?? []).map((address) => ({ ...CARD, address: addressOf(address) })));
  for (const user of words.users ?? []) system.accounts.addUser('', user);
  for (const group of words.groups ?? []) system.accounts.addGroup('', group);
  for (const container of words.containers ?? []) {
    const isNews = container.id === words.news;
    system.containers.tell({ fullId: '', type: '', record: {}, ...container }, isNews ? (words.event.num ?? 1) : -1);
  }
  return system;
}

const CARD: NetworkInterface = { name: '', address: '', netmask: '', broadcast: '', linkSpeed: undefined };

function addThread({ threads, texts }: System, words: ThreadWords): void {
  const { tid, files, ...facts } = words;
  const thread = threads.create(tid);
  Object.assign(thread, { pid: tid, ptid: 0, vtid: tid, vpid: tid }, facts);
  for (const fact of ['cloneTime', 'pidnsStartTime'] as const) thread[fact] = BigInt(thread[fact]);
  if (files !== undefined) fillFiles(thread, texts, files);
  threads.add(thread);
}

function fillFiles(thread: Thread, texts: Texts, files: readonly FileWords[]): void {
  thread.files = new FileTable();
  for (const words of files) {
    const { fd, kind, name, raw, source, dest, role, l4, ...facts } = words;
    const file = new File(fd, kind ?? 'file');
    Object.assign(file, facts);
    file.name = texts.of(fromUnicode(name ?? ''));
    file.rawName = texts.of(fromUnicode(raw ?? name ?? ''));
    file.isServer = role === 'server';
    file.isClient = role === 'client';
    if (source !== undefined) putEnds(file, source, dest, l4 ?? 'tcp');
    thread.files.set(fd, file);
  }
}

function putEnds(file: File, source: string, dest: string | undefined, l4: string): void {
  const bytes = file.socketBytes();
  const put = (address: string, at: number, portAt: number): void => {
    const [ip, port] = address.split(' ') as [string, string];
    [...addressOf(ip)].forEach((byte, index) => (bytes[at + index] = byte.charCodeAt(0)));
    setPort(bytes, portAt, Number(port));
  };
  const protocol = L4_PROTOCOLS.indexOf(l4 as (typeof L4_PROTOCOLS)[number]);
  if (dest === undefined) {
    const layout = file.kind === 'ipv4-server' ? IPV4_SERVER : IPV6_SERVER;
    put(source, layout.ADDRESS, layout.PORT);
    bytes[layout.L4] = protocol;
    return;
  }
  const layout = file.kind === 'ipv4' ? IPV4 : IPV6;
  put(source, layout.SOURCE, layout.SOURCE_PORT);
  put(dest, layout.DEST, layout.DEST_PORT);
  bytes[layout.L4] = protocol;
}

/** An address as bytes: `10.0.0.1`, or eight groups in hex. */
function addressOf(text: string): string {
  if (text.includes('.')) return String.fromCharCode(...text.split('.').map(Number));
  const groups = text.split(':').map((group) => Number.parseInt(group, 16));
  return String.fromCharCode(...groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function paramOf(value: unknown): ParamInput {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value as ParamInput;
  const { hex } = value as { hex: string };
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
