import { tupleParamText } from '../address-param.ts';
import { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';
import { OPEN } from '../open-flags.ts';
import { addFile } from '../opened-file.ts';
import { IPV4, IPV6 } from '../socket-layout.ts';
import {
  FAMILY,
  isMappedPair,
  isTuple,
  L4,
  MAPPED,
  setTuple,
  setUnixPointers,
  TUPLE4,
  TUPLE6,
} from '../socket-tuple.ts';

/** accept: fd, tuple; its source is the peer. */
export const accept: Handler = (moment) => acceptSocket(moment, 0);

/** accept4: the same; flags are parameter 5. */
export const accept4: Handler = (moment) => acceptSocket(moment, moment.event.uint32(5) & OPEN.CLOEXEC);

function acceptSocket(moment: Moment, flags: number): void {
  const { event, system, thread } = moment;
  const fd = moment.result;
  if (thread === undefined || fd < 0) return;
  thread.lastEventFd = fd;
  const tuple = event.data(1);
  if (!isTuple(tuple)) return;
  const file = new File(fd, 'unknown');
  if (!takeTuple(file, tuple)) return;
  file.name = system.texts.of(tupleParamText(tuple));
  file.openFlags = flags;
  file.isServer = true;
  file.connected = true;
  addFile(moment, file);
}

/** Falco takes every internet connection that is accepted for TCP. */
function takeTuple(file: File, tuple: Uint8Array): boolean {
  const family = tuple[0];
  if (family === FAMILY.UNIX) {
    file.kind = 'unix';
    setUnixPointers(file, tuple);
    return true;
  }
  if (family === FAMILY.INET || (family === FAMILY.INET6 && isMappedPair(tuple))) {
    setTuple(file, 'ipv4', tuple, family === FAMILY.INET ? TUPLE4 : MAPPED);
    file.kind = 'ipv4';
    file.socketBytes()[IPV4.L4] = L4.TCP;
    return true;
  }
  if (family !== FAMILY.INET6) return false;
  setTuple(file, 'ipv6', tuple, TUPLE6);
  file.kind = 'ipv6';
  file.socketBytes()[IPV6.L4] = L4.TCP;
  return true;
}
