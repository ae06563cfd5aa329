import type { ByteString } from '../model/byte-string.ts';
import { toUnicode } from '../model/byte-string.ts';
import { parseIpv4, parseIpv6 } from './address-constant.ts';
import { parseNumber } from './number-constant.ts';
import { Refusal } from './refusal.ts';

/** A network in CIDR notation. */
export class Network {
  /** 4 or 16 raw bytes. */
  readonly address: ByteString;
  readonly prefixBits: number;
  /** The bytes that are wholly part of the prefix. */
  readonly #whole: ByteString;

  constructor(address: ByteString, prefixBits: number) {
    this.address = address;
    this.prefixBits = prefixBits;
    this.#whole = address.slice(0, prefixBits >> 3);
  }

  /** True when an address (4 or 16 raw bytes) is of the same family and shares the prefix. */
  contains(address: ByteString): boolean {
    if (address.length !== this.address.length || !address.startsWith(this.#whole)) return false;
    const rest = this.prefixBits & 7;
    if (rest === 0) return true;
    const at = this.#whole.length;
    return (address.charCodeAt(at) ^ this.address.charCodeAt(at)) >> (8 - rest) === 0;
  }
}

/** `10.0.0.0/8` or `fe80::/10`. The length is cut to eight bits before it is looked at; `/0` is refused for IPv6 only. */
export function parseNetwork(text: ByteString): Network | Refusal {
  const isV4 = text.includes('.');
  const slash = text.indexOf('/');
  const shown = toUnicode(text);
  if (slash === -1) {
    const hint = 'a network needs its length: 10.0.0.0/8';
    return new Refusal(isV4 ? `unrecognized IP network ${shown}` : `invalid v6 netmask: ${shown}`, hint);
  }
  const address = isV4 ? parseIpv4(text.slice(0, slash)) : parseIpv6(text.slice(0, slash));
  if (address === undefined) return new Refusal(`unrecognized ${isV4 ? 'IP' : 'IPv6'} address ${shown}`);
  const mask = text.slice(slash + 1);
  const bits = parseNumber(mask, 'UINT8');
  if (bits instanceof Refusal) return bits;
  if (isV4 && bits > 32) return new Refusal(`invalid netmask ${toUnicode(mask)}`);
  if (!isV4 && (bits === 0 || bits > 128)) return new Refusal(`invalid v6 netmask ${toUnicode(mask)}`);
  return new Network(address, Number(bits));
}
