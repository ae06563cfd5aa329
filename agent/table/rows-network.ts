import { SECTION } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import type { EventOutput } from '../transcode/event-output.ts';
import { optionLevel, optionName } from './choices.ts';
import { BITS } from './flags.ts';
import {
  absent,
  bits,
  bytesAt,
  data,
  filled,
  fixed,
  int,
  mapped,
  message,
  onSuccess,
  plain,
  result,
  step,
  vectorSize,
  written,
} from './params.ts';
import { pair } from './rows-descriptors.ts';
import { STEP, type ParamAt, type RowSpec } from './row.ts';
import { address, queue, tuple } from './sockets.ts';
import { RETURN, SOCKET } from '../stream/layout.ts';

const EINPROGRESS = -115;
const UNIX_OPTION = { BYTES: 0, ERRNO: 1, UINT32: 2, UINT64: 3, TIME: 4 };
const SOL_SOCKET = 1;

const family = mapped(0, (value) => value & 0xff);
const option = [int(0), mapped(1, optionLevel), optionNamed];
const accepted = tuple({ of: RETURN, direction: 'in' });
const queues = [queue('percent'), queue('length'), queue('most')];
const sentTo = tuple({ of: 0, direction: 'out', address: 4, steps: [step(STEP.ADDRESS, 4, 5)] });
const sentMessage = tuple({ of: 0, direction: 'out', address: 1 });
const connected = tuple({
  of: 0,
  direction: 'out',
  address: 1,
  isTold: (value) => value >= 0 || value === EINPROGRESS,
});

/** Sockets. */
export const NETWORK_ROWS: readonly RowSpec[] = [
  ['socket', 'network', 'SOCKET_SOCKET_X', [result, family, plain(1), plain(2), bits(1, BITS.cloexec)]],
  [
    'socketpair',
    'network',
    'SOCKET_SOCKETPAIR_X',
    [result, ...pair(3), ends('source'), ends('peer'), family, plain(1), plain(2)],
  ],
  ['bind', 'network', 'SOCKET_BIND_X', [result, address(1, 2), int(0)]],
  ['connect', 'network', 'SOCKET_CONNECT_X', [result, connected, int(0), address(1, 2)]],
  ['listen', 'network', 'SOCKET_LISTEN_X', [result, int(0), plain(1)]],
  ['accept', 'network', 'SOCKET_ACCEPT_5_X', [result, accepted, ...queues]],
  ['accept4', 'network', 'SOCKET_ACCEPT4_6_X', [result, accepted, ...queues, fixed(0)]],
  ['getsockname', 'network', 'SOCKET_GETSOCKNAME_X', []],
  ['getpeername', 'network', 'SOCKET_GETPEERNAME_X', []],
  ['shutdown', 'network', 'SOCKET_SHUTDOWN_X', [result, int(0), plain(1)]],
  ['setsockopt', 'network', 'SOCKET_SETSOCKOPT_X', [result, ...option, optionValue(false), plain(4)]],
  ['getsockopt', 'network', 'SOCKET_GETSOCKOPT_X', [result, ...option, optionValue(true), optionLength]],
  ['sendto', 'network', 'SOCKET_SENDTO_X', [result, data(1, 2), int(0), plain(2), sentTo]],
  [
    'recvfrom',
    'network',
    'SOCKET_RECVFROM_X',
    [result, filled(1), tuple({ of: 0, direction: 'in' }), int(0), plain(2)],
  ],
  ['sendmsg', 'network', 'SOCKET_SENDMSG_X', [result, message(1), int(0), vectorSize(1), sentMessage]],
  [
    'recvmsg',
    'network',
    'SOCKET_RECVMSG_X',
    [result, received, message(1), tuple({ of: 0, direction: 'in' }), absent, int(0)],
  ],
  ['sendmmsg', 'network', 'SOCKET_SENDMMSG_X', [result, int(0), vectorSize(1), message(1), sentMessage]],
  [
    'recvmmsg',
    'network',
    'SOCKET_RECVMMSG_X',
    [result, int(0), received, message(1), tuple({ of: 0, direction: 'in' }), absent],
  ],
];

function optionNamed(): ReturnType<ParamAt> {
  return { steps: [], write: (record, output) => output.uint8(optionName(record.low(1), record.low(2))) };
}

/** How much a call received: what it returned, 0 where it failed. */
function received(): ReturnType<ParamAt> {
  return { steps: [], write: (record, output) => output.uint32(Math.max(0, record.result)) };
}

/** The kernel addresses of the two sockets of a pair are not collected; they differ, which is all they are for. */
function ends(which: 'source' | 'peer'): ParamAt {
  return written([], (record, output) => {
    const at = bytesAt(record, SECTION.SOCKET, 3, SOCKET.OTHER + 8);
    if (at === -1) output.uint64(0, 0);
    else output.uint64(record.uint32(at + (which === 'source' ? SOCKET.SELF : SOCKET.OTHER)), 0);
  });
}

/** The value of a socket option, as a variant by what kind of option it is. */
function optionValue(isOutput: boolean): ParamAt {
  const collected = step(STEP.VALUE, 3, 16);
  return written([isOutput ? onSuccess(collected) : collected], (record, output) => {
    const section = record.find(SECTION.VALUE, 3);
    if (section === -1 || bytesAt(record, SECTION.VALUE, 3, 16) === -1) return output.absent();
    writeOption(record, output, record.starts[section] as number);
  });
}

const variant = new Uint8Array(24);
const variantView = new DataView(variant.buffer);
const SO = { ERROR: 4, RCVTIMEO: 20, SNDTIMEO: 21, COOKIE: 57 };
const SECOND = 1_000_000_000n;

function writeOption(record: Record, output: EventOutput, at: number): void {
  const option = record.low(2);
  if (record.low(1) !== SOL_SOCKET) return raw(record, output, at);
  if (option === SO.ERROR) {
    variant[0] = UNIX_OPTION.ERRNO;
    variantView.setBigInt64(1, -BigInt(record.view.getInt32(at, true)), true);
    return output.copy(variant, 0, 9);
  }
  if (option === SO.RCVTIMEO || option === SO.SNDTIMEO) {
    variant[0] = UNIX_OPTION.TIME;
    const time = record.view.getBigUint64(at, true) * SECOND + record.view.getBigUint64(at + 8, true) * 1000n;
    variantView.setBigUint64(1, BigInt.asUintN(64, time), true);
    return output.copy(variant, 0, 9);
  }
  if (option === SO.COOKIE) {
    variant[0] = UNIX_OPTION.UINT64;
    variantView.setBigUint64(1, record.view.getBigUint64(at, true), true);
    return output.copy(variant, 0, 9);
  }
  if (optionName(SOL_SOCKET, option) === 0) return raw(record, output, at);
  variant[0] = UNIX_OPTION.UINT32;
  variantView.setUint32(1, record.uint32(at), true);
  output.copy(variant, 0, 5);
}

/** Bytes of an option that scap has no kind for: as many as the length says. */
function raw(record: Record, output: EventOutput, at: number): void {
  const length = Math.min(record.low(4), 16);
  variant[0] = UNIX_OPTION.BYTES;
  for (let i = 0; i < length; i++) variant[1 + i] = record.bytes[at + i] as number;
  output.copy(variant, 0, 1 + length);
}

/** getsockopt's length lies where its argument points; the value is that of the caller's room. */
function optionLength(): ReturnType<ParamAt> {
  return {
    steps: [step(STEP.VALUE, 4, 4)],
    write: (record, output) => {
      const at = bytesAt(record, SECTION.VALUE, 4, 4);
      output.uint32(at === -1 ? 0 : record.uint32(at));
    },
  };
}
