import { bytesOf, type ByteString } from '../model/byte-string.ts';
import type { Event } from '../model/event.ts';
import { eventCode } from '../model/event-types.ts';
import { ipv4Text, ipv6Text } from '../state/address-text.ts';
import type { File } from '../state/files.ts';
import type { Family, Reading } from './field.ts';
import { isConnection, isServerSocket } from './socket-ends.ts';

const POLL_EVENTS: ReadonlySet<number> = new Set(['SYSCALL_POLL_X', 'SYSCALL_PPOLL_X'].map(eventCode));
/** The parameter with the list: a 16-bit count, then an 8-byte fd and 2 bytes of flags for each. */
const FDS = 1;
const COUNT_BYTES = 2;
const ENTRY_BYTES = 10;

/** `fdlist.*`: the files that a poll waits for, a comma between them. */
export const FDLIST: Family = {
  'fdlist.nums': list((_, fd) => String(fd)),
  'fdlist.names': list((file) => (file === undefined || file.name.value === '' ? '<NA>' : file.name.value)),
  'fdlist.cips': list((file) => (file !== undefined && isConnection(file) ? addressText(file.sourceIp) : undefined)),
  'fdlist.sips': list(serverAddress),
  'fdlist.cports': list((file) => (file !== undefined && isConnection(file) ? String(file.sourcePort) : undefined)),
  'fdlist.sports': list((file) => (file !== undefined && isConnection(file) ? String(file.destPort) : undefined)),
};

/** Files without such a text are left out; a list of none is no value, and neither is one that ends up empty. */
function list(text: (file: File | undefined, fd: number) => ByteString | undefined): Reading {
  return {
    subject: 'event',
    eventTypes: POLL_EVENTS,
    read: ({ event, thread }) => {
      if (!POLL_EVENTS.has(event.type) || thread === undefined) return undefined;
      const texts = polledFds(event).map((fd) => text(thread.file(fd), fd));
      const joined = texts.filter((entry) => entry !== undefined).join(',');
      return joined === '' ? undefined : joined;
    },
  };
}

function polledFds(event: Event): number[] {
  const bytes = event.data(FDS);
  if (bytes.length < COUNT_BYTES) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const there = Math.floor((bytes.length - COUNT_BYTES) / ENTRY_BYTES);
  return Array.from({ length: Math.min(view.getUint16(0, true), there) }, (_, index) =>
    Number(view.getBigInt64(COUNT_BYTES + index * ENTRY_BYTES, true)),
  );
}

function serverAddress(file: File | undefined): ByteString | undefined {
  if (file === undefined) return undefined;
  if (isConnection(file)) return addressText(file.destIp);
  // Falco prints the first four bytes of a bound address of either family.
  return isServerSocket(file) ? ipv4Text(bytesOf(file.sourceIp), 0) : undefined;
}

function addressText(address: ByteString): ByteString {
  const bytes = bytesOf(address);
  return bytes.length === 4 ? ipv4Text(bytes, 0) : ipv6Text(bytes, 0);
}
