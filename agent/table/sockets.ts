import { SECTION, SOCKET } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import type { EventOutput } from '../transcode/event-output.ts';
import { bytesAt, step } from './params.ts';
import { STEP, type ParamAt, type Step } from './row.ts';

const UNIX = 1;
const INET = 2;
const INET6 = 10;
const SOCKET_BYTES = 72;
const scratch = new Uint8Array(192);
const view = new DataView(scratch.buffer);

/** Which end a call calls its own: that of who sends, or that of who receives. */
export type Direction = 'out' | 'in';

/** Where the other end's address is looked for if the socket doesn't know it: an argument's address. */
export interface TupleOptions {
  /** The socket: an argument, or the result. */
  readonly of: number;
  readonly direction: Direction;
  readonly address?: number;
  readonly steps?: readonly Step[];
  /** By the call's result, whether the two ends are told. */
  readonly isTold?: (result: number) => boolean;
}

/** Both ends of a socket. */
export function tuple({ of, direction, address, steps = [], isTold = hasSucceeded }: TupleOptions): ParamAt {
  return () => ({
    steps: [step(STEP.SOCKET, of), ...steps],
    write: (record, output) => {
      if (!isTold(record.result)) return output.absent();
      const at = bytesAt(record, SECTION.SOCKET, of, SOCKET_BYTES);
      const given = address === undefined ? -1 : bytesAt(record, SECTION.ADDRESS, address, 3);
      if (at === -1) return output.absent();
      const family = record.uint16(at);
      if (family === INET || family === INET6) writeInternet(record, output, at, given, direction);
      else if (family === UNIX) writeUnix(record, output, at, address, direction);
      else output.absent();
    },
  });
}

function writeInternet(record: Record, output: EventOutput, at: number, given: number, direction: Direction): void {
  const family = record.uint16(at);
  const size = family === INET ? 4 : 16;
  const local = direction === 'out' ? 1 : 1 + size + 2;
  const peer = direction === 'out' ? 1 + size + 2 : 1;
  const { bytes } = record;
  scratch[0] = family;
  copy(bytes, at + SOCKET.LOCAL, local, size);
  view.setUint16(local + size, record.uint16(at + SOCKET.LOCAL_PORT), true);
  let port = record.uint16(at + SOCKET.PEER_PORT);
  if (port === 0 && given !== -1 && record.uint16(given) === family) {
    port = record.view.getUint16(given + 2, false);
    copy(bytes, given + (family === INET ? 4 : 8), peer, size);
  } else copy(bytes, at + SOCKET.PEER, peer, size);
  view.setUint16(peer + size, port, true);
  output.copy(scratch, 0, 1 + 2 * (size + 2));
}

function writeUnix(
  record: Record,
  output: EventOutput,
  at: number,
  address: number | undefined,
  direction: Direction,
): void {
  const { bytes } = record;
  const [first, second, path] =
    direction === 'out'
      ? [SOCKET.OTHER, SOCKET.SELF, SOCKET.PEER_PATH]
      : [SOCKET.SELF, SOCKET.OTHER, SOCKET.LOCAL_PATH];
  scratch[0] = UNIX;
  copy(bytes, at + first, 1, 8);
  copy(bytes, at + second, 9, 8);
  let length = textLength(bytes, at + path, SOCKET.PATH_BYTES - 1);
  copy(bytes, at + path, 17, length);
  const section = address === undefined || direction === 'in' ? -1 : record.find(SECTION.ADDRESS, address);
  const isConnected = record.uint32(at + SOCKET.OTHER) !== 0 || record.uint32(at + SOCKET.OTHER + 4) !== 0;
  if (!isConnected && section !== -1) length = copyPath(record, section, 17);
  scratch[17 + length] = 0;
  output.copy(scratch, 0, 18 + length);
}

/** The address that an argument points at: a family, then a path, or an address and a port. */
export function address(pointer: number, size: number): ParamAt {
  return () => ({
    steps: [step(STEP.ADDRESS, pointer, size)],
    write: (record, output) => {
      const section = record.find(SECTION.ADDRESS, pointer);
      const at = bytesAt(record, SECTION.ADDRESS, pointer, 3);
      if (at === -1) return output.absent();
      const family = record.uint16(at);
      const length = record.lengths[section] as number;
      scratch[0] = family;
      if (family === UNIX) {
        const used = copyPath(record, section, 1);
        scratch[1 + used] = 0;
        return output.copy(scratch, 0, 2 + used);
      }
      const bytes = family === INET && length >= 8 ? 4 : family === INET6 && length >= 24 ? 16 : 0;
      if (bytes === 0) return output.copy(scratch, 0, 1);
      copy(record.bytes, at + (bytes === 4 ? 4 : 8), 1, bytes);
      view.setUint16(1 + bytes, record.view.getUint16(at + 2, false), true);
      output.copy(scratch, 0, 1 + bytes + 2);
    },
  });
}

/** How full the queue of a listening socket is. */
export function queue(what: 'percent' | 'length' | 'most'): ParamAt {
  return () => ({
    steps: [step(STEP.SOCKET, 0)],
    write: (record, output) => {
      const at = bytesAt(record, SECTION.SOCKET, 0, SOCKET_BYTES);
      const length = at === -1 ? 0 : record.uint32(at + SOCKET.BACKLOG);
      const most = at === -1 ? 0 : record.uint32(at + SOCKET.MAX_BACKLOG);
      if (what === 'percent') output.uint8(most === 0 ? 0 : Math.floor((length * 100) / most));
      else output.uint32(what === 'length' ? length : most);
    },
  });
}

function hasSucceeded(result: number): boolean {
  return result >= 0;
}

/** Copies a unix address's path; an abstract one without the NUL before it. Gives its length. */
function copyPath(record: Record, section: number, to: number): number {
  const start = (record.starts[section] as number) + 2;
  const size = Math.min((record.lengths[section] as number) - 2, 108);
  const skipped = size > 0 && record.bytes[start] === 0 ? 1 : 0;
  const length = textLength(record.bytes, start + skipped, size - skipped);
  copy(record.bytes, start + skipped, to, length);
  return length;
}

function textLength(bytes: Uint8Array, start: number, most: number): number {
  let length = 0;
  while (length < most && bytes[start + length] !== 0) length++;
  return length;
}

function copy(from: Uint8Array, start: number, to: number, length: number): void {
  for (let i = 0; i < length; i++) scratch[to + i] = from[start + i] as number;
}
