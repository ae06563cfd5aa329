import { byteString, type ByteString } from '../../../model/byte-string.ts';
import { sockaddrText, socktupleText } from '../../../state/address-text.ts';
import { printable } from '../../../state/printable.ts';

/** Address families as the drivers number them. */
const UNIX = 1;
const INET = 2;
const INET6 = 10;

/** Bytes of a family, an address and a port. */
const IPV4_ADDRESS = 7;
const IPV6_ADDRESS = 19;
/** Bytes of a family and two of each. */
const IPV4_PAIR = 13;
const IPV6_PAIR = 37;
/** Where the path begins behind the kernel addresses of a unix socket and its peer. */
const UNIX_PATH = 17;

/** An address as a syscall gave it: `127.0.0.1:80`, `::1:80`, a path. */
export function addressText(bytes: Uint8Array): ByteString {
  switch (bytes[0]) {
    case UNIX:
      return path(bytes, 1);
    case INET:
      return bytes.length === IPV4_ADDRESS ? sockaddrText(bytes) : 'INVALID IPv4';
    case INET6:
      return bytes.length === IPV6_ADDRESS ? sockaddrText(bytes) : 'INVALID IPv6';
    default:
      return `family ${bytes[0] ?? 0}`;
  }
}

/** Both ends of a socket: `10.0.0.1:55000->10.0.0.2:80`, or kernel addresses and path of a unix socket. */
export function tupleText(bytes: Uint8Array): ByteString {
  switch (bytes[0]) {
    case UNIX:
      return bytes.length < UNIX_PATH ? '' : `${pointer(bytes, 1)}->${pointer(bytes, 9)} ${path(bytes, UNIX_PATH)}`;
    case INET:
      return bytes.length === IPV4_PAIR ? socktupleText(bytes) : 'INVALID IPv4';
    case INET6:
      return bytes.length === IPV6_PAIR ? socktupleText(bytes) : 'INVALID IPv6';
    default:
      return `family ${bytes[0] ?? 0}`;
  }
}

function path(bytes: Uint8Array, start: number): ByteString {
  const end = bytes.indexOf(0, start);
  return printable(byteString(bytes, start, end === -1 ? bytes.length : end));
}

function pointer(bytes: Uint8Array, at: number): string {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(at, true).toString(16);
}
