import { byteString, type ByteString } from '../../model/byte-string.ts';
import { unsigned64 } from '../../model/integer.ts';
import { ipBytes, ipText } from './ip-text.ts';
import { memberOf, type JsonNode, type LineProblem } from './json-node.ts';
import { jsonOfPlainText } from './json-text.ts';
import { readInteger } from './number-json.ts';
import { readText } from './text-json.ts';

/** Address families as scap numbers them. */
const UNIX = 1;
const INET = 2;
const INET6 = 10;
const MAX_U64 = 2n ** 64n - 1n;

/**
 * The JSON of a socket address: `"10.0.0.1:80"`, `"[::1]:80"` or `{"unix": "/run/x"}`; undefined for bytes that none of
 * them would give back exactly.
 */
export function jsonOfAddress(bytes: Uint8Array): string | undefined {
  const family = bytes[0];
  if (family === INET && bytes.length === 7) return `"${endpointText(bytes, 1, 4)}"`;
  if (family === INET6 && bytes.length === 19) return `"${endpointText(bytes, 1, 16)}"`;
  if (family !== UNIX) return undefined;
  const path = jsonOfPath(bytes, 1);
  return path === undefined ? undefined : `{"unix":${path}}`;
}

/**
 * The JSON of a pair of socket addresses: `"10.0.0.1:4242->10.0.0.2:80"`, or
 * `{"unix": "/run/x", "source": ..., "dest": ...}` with the kernel addresses of both ends.
 */
export function jsonOfTuple(bytes: Uint8Array): string | undefined {
  const family = bytes[0];
  if (family === INET && bytes.length === 13) return `"${endpointText(bytes, 1, 4)}->${endpointText(bytes, 7, 4)}"`;
  if (family === INET6 && bytes.length === 37) return `"${endpointText(bytes, 1, 16)}->${endpointText(bytes, 19, 16)}"`;
  if (family !== UNIX || bytes.length < 18) return undefined;
  const path = jsonOfPath(bytes, 17);
  if (path === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pointer = (at: number) => unsigned64(view.getUint32(at, true), view.getUint32(at + 4, true));
  return `{"unix":${path},"source":${pointer(1)},"dest":${pointer(9)}}`;
}

/** The bytes of a socket address in JSON; undefined if it is none. */
export function addressBytes(node: JsonNode, problem: LineProblem): ByteString | undefined {
  if (node.kind === 'text') return familyOf(endpointBytes(node.text));
  const path = memberOf(node, 'unix');
  return path === undefined ? undefined : `${String.fromCharCode(UNIX)}${readText(path, 'unix', problem)}\0`;
}

/** The bytes of a pair of socket addresses in JSON; undefined if it is none. */
export function tupleBytes(node: JsonNode, problem: LineProblem): ByteString | undefined {
  if (node.kind === 'text') {
    const [source, dest, more] = node.text.split('->').map(endpointBytes);
    if (source === undefined || dest === undefined || more !== undefined) return undefined;
    return source.length === dest.length ? familyOf(source + dest, source.length) : undefined;
  }
  const path = memberOf(node, 'unix');
  if (path === undefined) return undefined;
  const pointers = ['source', 'dest'].map((name) => pointerBytes(memberOf(node, name), name, problem));
  return `${String.fromCharCode(UNIX)}${pointers.join('')}${readText(path, 'unix', problem)}\0`;
}

function endpointText(bytes: Uint8Array, at: number, width: number): string {
  const ip = ipText(byteString(bytes, at, at + width));
  const port = (bytes[at + width] as number) + (bytes[at + width + 1] as number) * 256;
  return width === 4 ? `${ip}:${port}` : `[${ip}]:${port}`;
}

/** Address and port of one end, in the byte order of the wire. */
function endpointBytes(text: string): ByteString | undefined {
  const [, v6, v4, port] = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([0-9.]{7,15})):([0-9]{1,5})$/.exec(text) ?? [];
  const ip = ipBytes(v6 ?? v4 ?? '');
  if (ip === undefined || Number(port) > 0xffff || (v6 !== undefined) !== (ip.length === 16)) return undefined;
  return ip + String.fromCharCode(Number(port) & 255, Number(port) >> 8);
}

function familyOf(bytes: ByteString | undefined, endpointLength = bytes?.length): ByteString | undefined {
  return bytes === undefined ? undefined : String.fromCharCode(endpointLength === 6 ? INET : INET6) + bytes;
}

/** A path that its bytes end with one NUL, as JSON. */
function jsonOfPath(bytes: Uint8Array, start: number): string | undefined {
  if (bytes.indexOf(0, start) !== bytes.length - 1 || bytes.length <= start) return undefined;
  return jsonOfPlainText(byteString(bytes, start, bytes.length - 1));
}

function pointerBytes(node: JsonNode | undefined, name: string, problem: LineProblem): ByteString {
  const bytes = new Uint8Array(8);
  const value = node === undefined ? 0 : readInteger(node, 0n, MAX_U64, name, problem);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return byteString(bytes);
}
