import { byteString } from '../../model/byte-string.ts';
import type { Event } from '../../model/event.ts';
import type { EventParam } from '../../model/event-types.ts';
import { signed64, unsigned64 } from '../../model/integer.ts';
import { PARAM_SIZES, PARAM_TYPES, type ParamType } from '../../model/param-type.ts';
import { ipText } from './ip-text.ts';
import { jsonOfBytes, jsonOfPlainText } from './json-text.ts';
import { jsonOfAddress, jsonOfTuple } from './socket-json.ts';

/** Types whose numbers can be negative. */
export const SIGNED_TYPES: ReadonlySet<ParamType> = new Set([
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'ERRNO',
  'FD',
  'PID',
  'FD32',
  'PID32',
]);

/** Buffers that hold texts, each ended by a NUL. */
const LIST_NAMES: ReadonlySet<string> = new Set(['args', 'env', 'cgroups']);

/**
 * The JSON of a parameter: null for an absent one, else the form that a person would write, wherever that form gives
 * back the same bytes, and base64 where none does.
 */
export function jsonOfParam(event: Event, index: number, param: EventParam): string {
  if (!event.has(index)) return 'null';
  const bytes = event.data(index);
  return readable(bytes, param, param.type) ?? jsonOfBytes(byteString(bytes));
}

function readable(bytes: Uint8Array, param: EventParam, type: ParamType): string | undefined {
  const size = PARAM_SIZES[type];
  if (size !== undefined) return bytes.length === size ? jsonOfScalar(bytes, type) : undefined;
  switch (type) {
    case 'CHARBUF':
    case 'FSPATH':
    case 'FSRELPATH':
      return bytes.indexOf(0) === bytes.length - 1
        ? jsonOfPlainText(byteString(bytes, 0, bytes.length - 1))
        : undefined;
    case 'BYTEBUF':
      return (LIST_NAMES.has(param.name) ? jsonOfList(bytes) : undefined) ?? jsonOfPlainText(byteString(bytes));
    case 'CHARBUFARRAY':
    case 'CHARBUF_PAIR_ARRAY':
      return jsonOfList(bytes);
    case 'SOCKADDR':
      return jsonOfAddress(bytes);
    case 'SOCKTUPLE':
      return jsonOfTuple(bytes);
    case 'FDLIST':
      return jsonOfFdList(bytes);
    case 'DYN':
      return jsonOfVariant(bytes, param);
    default:
      return undefined;
  }
}

function jsonOfScalar(bytes: Uint8Array, type: ParamType): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'IPV4ADDR' || type === 'IPV6ADDR') return `"${ipText(byteString(bytes))}"`;
  if (type === 'DOUBLE') {
    const value = view.getFloat64(0, true);
    return Number.isFinite(value) && !Number.isInteger(value) ? String(value) : undefined;
  }
  const isSigned = SIGNED_TYPES.has(type);
  if (bytes.length === 1) return String(isSigned ? view.getInt8(0) : view.getUint8(0));
  if (bytes.length === 2) return String(isSigned ? view.getInt16(0, true) : view.getUint16(0, true));
  if (bytes.length === 4) {
    const value = isSigned ? view.getInt32(0, true) : view.getUint32(0, true);
    return type === 'BOOL' && (value === 0 || value === 1) ? String(value === 1) : String(value);
  }
  const exact = isSigned ? signed64 : unsigned64;
  return String(exact(view.getUint32(0, true), view.getUint32(4, true)));
}

function jsonOfList(bytes: Uint8Array): string | undefined {
  if (bytes.at(-1) !== 0) return undefined;
  const items: string[] = [];
  for (const text of byteString(bytes, 0, bytes.length - 1).split('\0')) {
    const item = jsonOfPlainText(text);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return `[${items.join(',')}]`;
}

function jsonOfFdList(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 2 || bytes.length !== 2 + view.getUint16(0, true) * 10) return undefined;
  const items: string[] = [];
  for (let at = 2; at < bytes.length; at += 10) {
    const fd = signed64(view.getUint32(at, true), view.getUint32(at + 4, true));
    items.push(`{"fd":${fd},"events":${view.getUint16(at + 8, true)}}`);
  }
  return `[${items.join(',')}]`;
}

function jsonOfVariant(bytes: Uint8Array, param: EventParam): string | undefined {
  const variant = bytes[0] as number;
  const type = variantType(param, variant);
  if (type === undefined || bytes.length === 1) return undefined;
  const value = readable(bytes.subarray(1), param, type);
  return value === undefined ? undefined : `{"variant":${variant},"value":${value}}`;
}

/** The type of a variant of a `DYN` parameter; a variant is never a variant again. */
export function variantType(param: EventParam, variant: number): ParamType | undefined {
  const type = PARAM_TYPES[param.info?.dyn?.[variant] ?? -1];
  return type === 'DYN' ? undefined : type;
}
