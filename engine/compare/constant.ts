import { cTextOf } from '../fields/transform-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import { toUnicode } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import { MAX_CONSTANT_BYTES } from '../model/limits.ts';
import { nearest } from '../model/nearest.ts';
import { PARAM_TYPES, type ParamType } from '../model/param-type.ts';
import { parseAddress } from './address-constant.ts';
import { parseNetwork, type Network } from './network.ts';
import { isNumberType, parseNumber } from './number-constant.ts';
import { Refusal } from './refusal.ts';
import { serviceNames, servicePort } from './service-names.ts';

/** A constant of a condition, parsed to the type of the field it is compared with. */
export type Constant = ByteString | Integer | boolean | Network;

/** Greatest number that C++'s `stoi` takes; beyond it Falco ends. */
const MAX_INT = 2 ** 31 - 1;

/** Types whose constants are taken as text. */
const TEXT_TYPES: ReadonlySet<ParamType> = new Set([
  'CHARBUF',
  'SOCKADDR',
  'SOCKTUPLE',
  'SOCKFAMILY',
  'FSPATH',
  'FSRELPATH',
]);

/** Reads a constant as the type wants it, with Falco's limits and quirks. */
export function parseConstant(text: ByteString, type: ParamType): Constant | Refusal {
  if (type === 'BYTEBUF') {
    return text.length > MAX_CONSTANT_BYTES ? new Refusal('filter parameter too long (byte buf)') : text;
  }
  return parseTextual(cTextOf(text), type);
}

/** The constant of a type whose constants are text up to the first NUL; a buffer is none. */
export function parseTextual(text: ByteString, type: ParamType): Constant | Refusal {
  if (TEXT_TYPES.has(type)) return checkLength(text);
  if (isNumberType(type)) return parseNumber(text, type);
  switch (type) {
    case 'PORT':
      return parsePort(text);
    case 'BOOL':
      return parseBoolean(text);
    case 'IPADDR':
      return parseAddress(text);
    case 'IPNET':
      return parseNetwork(text);
    default:
      return new Refusal(`wrong parameter type ${PARAM_TYPES.indexOf(type)}`);
  }
}

function checkLength(text: ByteString): ByteString | Refusal {
  if (text.length <= MAX_CONSTANT_BYTES) return text;
  return new Refusal(
    `filter parameter too long (used=${text.length + 1}, available=${MAX_CONSTANT_BYTES + 1}):${toUnicode(text)}`,
    'Falco compares with at most 255 bytes: use startswith, endswith or contains on a part',
  );
}

/** Digits, or the name of a service; empty is port 0. */
function parsePort(text: ByteString): number | Refusal {
  if (text === '') return 0;
  if (/^[0-9]+$/.test(text)) {
    const value = Number(text);
    return value > MAX_INT ? new Refusal('stoi', 'a port is at most 65535', true) : value & 0xffff;
  }
  const port = servicePort(text);
  if (port !== undefined) return port;
  const meant = nearest(text, serviceNames());
  return new Refusal(
    `unrecognized protocol ${toUnicode(text)}`,
    meant === undefined ? 'a port is a number or the name of a service' : `did you mean ${meant}?`,
  );
}

function parseBoolean(text: ByteString): boolean | Refusal {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return new Refusal(
    `filter error: unrecognized boolean value ${toUnicode(text)}`,
    'a boolean is true or false, in lower case',
  );
}
