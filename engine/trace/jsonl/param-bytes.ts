import { byteString, bytesOf, type ByteString } from '../../model/byte-string.ts';
import type { EventParam } from '../../model/event-types.ts';
import type { Integer } from '../../model/integer.ts';
import { PARAM_SIZES, type ParamType } from '../../model/param-type.ts';
import { ipBytes } from './ip-text.ts';
import { describeNode, memberOf, type JsonNode, type LineProblem } from './json-node.ts';
import { readInteger } from './number-json.ts';
import { SIGNED_TYPES, variantType } from './param-json.ts';
import { addressBytes, tupleBytes } from './socket-json.ts';
import { readBytes, readTexts } from './text-json.ts';

/** The bytes of a parameter from its JSON; none for null. What can't be read is told through `problem`. */
export function paramBytes(node: JsonNode, param: EventParam, problem: LineProblem): Uint8Array {
  if (node.kind === 'null') return NOTHING;
  return bytesOf(readBytes(node, problem) ?? encode(node, param, param.type, problem));
}

const NOTHING = new Uint8Array(0);

function encode(node: JsonNode, param: EventParam, type: ParamType, problem: LineProblem): ByteString {
  const size = PARAM_SIZES[type];
  if (size !== undefined) return encodeScalar(node, param, type, size, problem);
  const bytes = encodeVariable(node, param, type, problem);
  if (bytes === undefined)
    problem.note(node.at, `${param.name} must be ${FORMS[type] ?? 'bytes'}, not ${describeNode(node)}`);
  return bytes ?? '';
}

/** What a person may write for a type that varies in size, for messages; `{"base64": ...}` is always allowed. */
const FORMS: Readonly<Partial<Record<ParamType, string>>> = {
  CHARBUF: 'a text',
  FSPATH: 'a text',
  FSRELPATH: 'a text',
  BYTEBUF: 'a text or a list of texts',
  CHARBUFARRAY: 'a list of texts',
  CHARBUF_PAIR_ARRAY: 'a list of texts',
  SOCKADDR: 'a socket address as "10.0.0.1:80", "[::1]:80" or {"unix": "/run/x"}',
  SOCKTUPLE: 'two socket addresses as "10.0.0.1:4242->10.0.0.2:80" or {"unix": "/run/x"}',
  FDLIST: 'a list of {"fd": 3, "events": 1}',
  DYN: '{"variant": 0, "value": ...}',
};

function encodeVariable(
  node: JsonNode,
  param: EventParam,
  type: ParamType,
  problem: LineProblem,
): ByteString | undefined {
  switch (type) {
    case 'CHARBUF':
    case 'FSPATH':
    case 'FSRELPATH':
      return node.kind === 'text' ? `${node.text}\0` : undefined;
    case 'BYTEBUF':
      return node.kind === 'text' ? node.text : encodeList(node, param, problem);
    case 'CHARBUFARRAY':
    case 'CHARBUF_PAIR_ARRAY':
      return encodeList(node, param, problem);
    case 'SOCKADDR':
      return addressBytes(node, problem);
    case 'SOCKTUPLE':
      return tupleBytes(node, problem);
    case 'FDLIST':
      return encodeFdList(node, problem);
    case 'DYN':
      return encodeVariant(node, param, problem);
    default:
      return undefined;
  }
}

function encodeList(node: JsonNode, param: EventParam, problem: LineProblem): ByteString | undefined {
  if (node.kind !== 'array') return undefined;
  return readTexts(node, param.name, problem)
    .map((text) => `${text}\0`)
    .join('');
}

function encodeFdList(node: JsonNode, problem: LineProblem): ByteString | undefined {
  if (node.kind !== 'array') return undefined;
  let bytes = integerBytes(node.items.length, 2);
  for (const item of node.items) {
    const fd = memberOf(item, 'fd');
    if (fd === undefined) return undefined;
    const events = memberOf(item, 'events');
    bytes += integerBytes(readInteger(fd, -(2n ** 63n), 2n ** 63n - 1n, 'fd', problem), 8);
    bytes += integerBytes(events === undefined ? 0 : readInteger(events, 0n, 0xffffn, 'events', problem), 2);
  }
  return bytes;
}

function encodeVariant(node: JsonNode, param: EventParam, problem: LineProblem): ByteString | undefined {
  const [number, value] = [memberOf(node, 'variant'), memberOf(node, 'value')];
  if (number === undefined || value === undefined) return undefined;
  const variant = Number(readInteger(number, 0n, 255n, 'variant', problem));
  const type = variantType(param, variant);
  if (type === undefined) problem.note(number.at, `${param.name} has no variant ${variant}`);
  return type === undefined ? '' : String.fromCharCode(variant) + encode(value, param, type, problem);
}

function encodeScalar(
  node: JsonNode,
  param: EventParam,
  type: ParamType,
  size: number,
  problem: LineProblem,
): ByteString {
  if (type === 'IPV4ADDR' || type === 'IPV6ADDR') {
    const bytes = node.kind === 'text' ? ipBytes(node.text) : undefined;
    if (bytes?.length !== size) problem.note(node.at, `${param.name} must be an IPv${size === 4 ? 4 : 6} address`);
    return bytes?.length === size ? bytes : '';
  }
  if (type === 'DOUBLE') return doubleBytes(node, param, problem);
  if (type === 'BOOL' && node.kind === 'boolean') return integerBytes(Number(node.value), size);
  const flags = node.kind === 'text' ? flagBits(node.text, param) : undefined;
  if (flags !== undefined) return integerBytes(flags, size);
  const [min, max] = (SIGNED_TYPES.has(type) ? SIGNED_RANGES : UNSIGNED_RANGES)[size] as [bigint, bigint];
  return integerBytes(readInteger(node, min, max, param.name, problem), size);
}

/** Least and greatest integer by bytes. */
const SIGNED_RANGES: Readonly<Record<number, readonly [bigint, bigint]>> = Object.fromEntries(
  [1, 2, 4, 8].map((size) => [size, [-(2n ** BigInt(size * 8 - 1)), 2n ** BigInt(size * 8 - 1) - 1n]]),
);
const UNSIGNED_RANGES: Readonly<Record<number, readonly [bigint, bigint]>> = Object.fromEntries(
  [1, 2, 4, 8].map((size) => [size, [0n, 2n ** BigInt(size * 8) - 1n]]),
);

/** Named bits as people write them: `O_RDWR|O_CLOEXEC`; undefined if a name is not one of the parameter's. */
function flagBits(text: string, param: EventParam): number | undefined {
  const table = param.info?.flags;
  if (table === undefined || text.length > 1024) return undefined;
  let bits = 0;
  for (const name of text.split('|')) {
    const value = table.find(([known]) => known === name.trim())?.[1];
    if (value === undefined) return undefined;
    bits |= value;
  }
  return bits >>> 0;
}

function doubleBytes(node: JsonNode, param: EventParam, problem: LineProblem): ByteString {
  const view = new DataView(new ArrayBuffer(8));
  if (node.kind === 'float' || node.kind === 'integer') view.setFloat64(0, Number(node.value), true);
  else problem.note(node.at, `${param.name} must be a number, not ${describeNode(node)}`);
  return byteString(new Uint8Array(view.buffer));
}

/** The low bytes of an integer, the least significant first. */
function integerBytes(value: Integer, size: number): ByteString {
  const high = typeof value === 'bigint' ? Number(BigInt.asUintN(64, value) >> 32n) : Math.floor(value / 0x100000000);
  const low = typeof value === 'bigint' ? Number(BigInt.asUintN(32, value)) : value - high * 0x100000000;
  let bytes = '';
  for (let i = 0; i < size; i++) bytes += String.fromCharCode(((i < 4 ? low : high) >>> ((i & 3) * 8)) & 255);
  return bytes;
}
