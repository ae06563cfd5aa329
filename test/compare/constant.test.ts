import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConstant } from '../../engine/compare/constant.ts';
import { Network } from '../../engine/compare/network.ts';
import { Refusal } from '../../engine/compare/refusal.ts';
import type { ParamType } from '../../engine/model/param-type.ts';

describe('a constant', () => {
  it.each<[ParamType, string, unknown]>([
    ['INT64', '-1', -1],
    ['INT64', ' \t+007', 7],
    ['INT64', '9223372036854775807', 9223372036854775807n],
    ['INT64', '99999999999999999999999', 9223372036854775807n],
    ['INT64', '-99999999999999999999999', -9223372036854775808n],
    ['UINT64', '-1', 18446744073709551615n],
    ['UINT64', '-99999999999999999999999', 18446744073709551615n],
    ['INT32', '4294967295', -1],
    ['UINT32', '4294967296', 0],
    ['INT8', '200', -56],
    ['UINT8', '-1', 255],
    ['UINT16', '65537', 1],
    ['DOUBLE', '12', 12],
    ['PORT', '', 0],
    ['PORT', '65589', 53],
    ['PORT', 'domain', 53],
    ['PORT', 'www', 80],
    ['BOOL', 'true', true],
    ['IPADDR', '127.0.0.1', '\x7f\0\0\x01'],
    ['IPADDR', '::1', `${'\0'.repeat(15)}\x01`],
    ['IPADDR', '1:2:3:4:5:6:7::', '\0\x01\0\x02\0\x03\0\x04\0\x05\0\x06\0\x07\0\0'],
    ['CHARBUF', 'a\0b', 'a'],
    ['BYTEBUF', 'a\0b', 'a\0b'],
  ])('of type %s, written %j, is %s', (type, text, value) => expect(parseConstant(text, type)).toBe(value));

  it.each<[ParamType, string]>([
    ['INT64', ''],
    ['INT64', '-'],
    ['INT64', '1 '],
    ['INT64', '1e5'],
    ['BOOL', 'TRUE'],
    ['IPADDR', '1.2.3'],
    ['IPADDR', ':1'],
    ['IPADDR', '1:2'],
    ['IPADDR', 'fe80::1%eth0'],
    ['IPNET', '1.2.3.4/'],
    ['IPNET', '1.2.3/8'],
    ['IPNET', '::/129'],
    ['PORT', '-1'],
    ['SIGTYPE', '9'],
  ])('of type %s, written %j, is refused', (type, text) => expect(parseConstant(text, type)).toBeInstanceOf(Refusal));

  it('that is a network holds the addresses with the same first bits', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 4, maxLength: 4 }),
        fc.uint8Array({ minLength: 4, maxLength: 4 }),
        fc.integer({ min: 0, max: 32 }),
        (network, address, length) => {
          const bits = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
          const raw = (bytes: Uint8Array) => String.fromCharCode(...bytes);
          const expected = bits(network).slice(0, length) === bits(address).slice(0, length);
          expect(new Network(raw(network), length).contains(raw(address))).toBe(expected);
        },
      ),
    );
  });
});
