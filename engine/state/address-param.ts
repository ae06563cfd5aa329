import type { ByteString } from '../model/byte-string.ts';
import { sockaddrText, socktupleText } from './address-text.ts';
import { printable } from './printable.ts';
import { FAMILY, unixName, unixPath } from './socket-tuple.ts';

/** A sockaddr parameter as Falco prints it. */
export function addressParamText(bytes: Uint8Array): ByteString {
  if (bytes.length === 0) return '<NA>';
  if (bytes[0] === FAMILY.UNIX) return printable(unixPath(bytes, 1));
  if (bytes[0] === FAMILY.INET) return bytes.length === 7 ? sockaddrText(bytes) : 'INVALID IPv4';
  if (bytes[0] === FAMILY.INET6) return bytes.length === 19 ? sockaddrText(bytes) : 'INVALID IPv6';
  return `family ${bytes[0]}`;
}

/** A socktuple parameter as Falco prints it. */
export function tupleParamText(bytes: Uint8Array): ByteString {
  if (bytes.length === 0) return 'NULL';
  if (bytes[0] === FAMILY.UNIX) return bytes.length > 17 ? unixName(bytes, unixPath(bytes, 17)) : '';
  if (bytes[0] === FAMILY.INET) return bytes.length === 13 ? socktupleText(bytes) : 'INVALID IPv4';
  if (bytes[0] === FAMILY.INET6) return bytes.length === 37 ? socktupleText(bytes) : 'INVALID IPv6';
  return `family ${bytes[0]}`;
}
