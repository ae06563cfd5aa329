import type { ByteString } from '../../model/byte-string.ts';
import type { Integer } from '../../model/integer.ts';
import { ipBytes, ipText } from './ip-text.ts';
import { describeNode, type JsonMember, type JsonNode, type LineProblem } from './json-node.ts';
import { jsonOfBytes, jsonOfText } from './json-text.ts';
import { readInteger } from './number-json.ts';
import { readText, readTexts } from './text-json.ts';

/** How one field of a record lies in JSON. */
type FieldKind =
  | 'text'
  | 'texts'
  | 'boolean'
  | 'address'
  | 'uint16'
  | 'uint32'
  /** A signed number that fits a JavaScript number, as a thread id. */
  | 'small'
  /** Any 64-bit integer. */
  | 'integer'
  /** The same, always a bigint in memory. */
  | 'bigint'
  /** One of a list of names, by number in memory. */
  | readonly string[];

/** The fields of one kind of record, in the order in which they are written: key, kind, and the property if it differs. */
export type Shape = readonly (readonly [key: string, kind: FieldKind, property?: string])[];

/** What a record's fields are where a line doesn't name them. */
export type Defaults = Readonly<Record<string, unknown>>;

/** Writes a record as a JSON object that names what differs from the defaults, and always the `kept` fields. */
export function jsonOfRecord(record: object, shape: Shape, defaults: Defaults, kept: readonly string[]): string {
  const parts: string[] = [];
  for (const [key, kind, property = key] of shape) {
    const value = (record as Record<string, unknown>)[property];
    if (kept.includes(key) || !isSame(value, defaults[property])) parts.push(`"${key}":${jsonOfField(value, kind)}`);
  }
  return `{${parts.join(',')}}`;
}

/** Reads a record that `jsonOfRecord` or a person wrote. Wrong fields are told through `problem`. */
export function readRecord<T>(node: JsonNode, shape: Shape, defaults: Defaults, what: string, problem: LineProblem): T {
  const record: Record<string, unknown> = { ...defaults };
  if (node.kind !== 'object') {
    problem.note(node.at, `${what} must be an object, not ${describeNode(node)}`);
    return record as T;
  }
  for (const member of node.members) {
    const { key, value } = member;
    const field = shape.find(([name]) => name === key);
    if (field === undefined) noteUnknownKey(member, what, namesOf(shape), problem);
    else record[field[2] ?? key] = readField(value, field[1], key, problem);
  }
  return record as T;
}

/** Tells of a key that means nothing. */
export function noteUnknownKey(
  { key, at }: JsonMember,
  what: string,
  known: readonly string[],
  problem: LineProblem,
): void {
  problem.noteWord(at, key, (shown) => `${what} has no ${shown}`, known);
}

function namesOf(shape: Shape): string[] {
  return shape.map(([name]) => name);
}

function isSame(value: unknown, other: unknown): boolean {
  return value === other || (Array.isArray(value) && Array.isArray(other) && value.length === 0 && other.length === 0);
}

function jsonOfField(value: unknown, kind: FieldKind): string {
  if (kind === 'text') return jsonOfText(value as ByteString);
  if (kind === 'texts') return `[${(value as readonly ByteString[]).map(jsonOfText).join(',')}]`;
  if (kind === 'address') return jsonOfAddress(value as ByteString);
  if (typeof kind === 'object') return JSON.stringify(kind[value as number] ?? value);
  return String(value);
}

/** Addresses of a strange length, as hand-made records may have, are kept as bytes. */
function jsonOfAddress(address: ByteString): string {
  return address.length === 4 || address.length === 16 ? `"${ipText(address)}"` : jsonOfBytes(address);
}

function readField(node: JsonNode, kind: FieldKind, name: string, problem: LineProblem): unknown {
  switch (kind) {
    case 'text':
      return readText(node, name, problem);
    case 'texts':
      return readTexts(node, name, problem);
    case 'address':
      return readAddress(node, name, problem);
    case 'boolean':
      if (node.kind !== 'boolean') problem.note(node.at, `${name} must be true or false, not ${describeNode(node)}`);
      return node.kind === 'boolean' && node.value;
    case 'uint16':
      return readInteger(node, 0n, 0xffffn, name, problem);
    case 'uint32':
      return readInteger(node, 0n, 0xffffffffn, name, problem);
    case 'small':
      return Number(readInteger(node, -(2n ** 63n), 2n ** 63n - 1n, name, problem));
    case 'integer':
      return readInteger(node, -(2n ** 63n), 2n ** 64n - 1n, name, problem) satisfies Integer;
    case 'bigint':
      return BigInt(readInteger(node, 0n, 2n ** 64n - 1n, name, problem));
    default:
      return readName(node, kind, name, problem);
  }
}

function readAddress(node: JsonNode, name: string, problem: LineProblem): ByteString {
  if (node.kind !== 'text') return readText(node, name, problem);
  const bytes = ipBytes(node.text);
  if (bytes === undefined) problem.note(node.at, `${name} must be an IP address`);
  return bytes ?? '';
}

function readName(node: JsonNode, names: readonly string[], name: string, problem: LineProblem): number {
  if (node.kind === 'integer') return Number(readInteger(node, 0n, 0xffn, name, problem));
  const code = node.kind === 'text' ? names.indexOf(node.text) : -1;
  if (code === -1) problem.note(node.at, `${name} must be one of ${names.join(', ')}, or a number`);
  return Math.max(0, code);
}
