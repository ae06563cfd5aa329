import { describe, expect, it } from 'vitest';
import { addressParamText, tupleParamText } from '../../engine/state/address-param.ts';
import { ipv6Text } from '../../engine/state/address-text.ts';
import { addressBytes, hostBytes, tupleBytes } from './socket-words.ts';

describe('an IPv6 address', () => {
  it.each([
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['0:0:0:0:0:ffff:a00:1', '::ffff:10.0.0.1'],
    ['0:0:0:0:0:0:a00:1', '::10.0.0.1'],
    ['fe80:0:0:0:abcd:ef01:2345:6789', 'fe80::abcd:ef01:2345:6789'],
  ])('%s is written %s', (groups, text) => {
    expect(ipv6Text(hostBytes(groups), 0)).toBe(text);
  });
});

describe('an address parameter', () => {
  it.each([
    [addressBytes('1.2.3.4 80'), '1.2.3.4:80'],
    [addressBytes('::1 80'), '::1:80'],
    [addressBytes('unix /run/x\u0001'), '/run/x\xef\xbf\xbd'],
    [addressBytes('family 16'), 'family 16'],
    [Uint8Array.of(2, 1, 2, 3, 4, 5, 6, 7), 'INVALID IPv4'],
    [Uint8Array.of(10, 1), 'INVALID IPv6'],
    [new Uint8Array(0), '<NA>'],
  ])('%# is shown as %2$s', (bytes, text) => {
    expect(addressParamText(bytes)).toBe(text);
  });
});

describe('a tuple parameter', () => {
  it.each([
    [tupleBytes('1.2.3.4 80 > 5.6.7.8 443'), '1.2.3.4:80->5.6.7.8:443'],
    [tupleBytes('::1 80 > 2001:db8::2 443'), '::1:80->2001:db8::2:443'],
    [tupleBytes('::ffff:102:304 80 > ::ffff:506:708 443'), '1.2.3.4:80->5.6.7.8:443'],
    [tupleBytes(':: 80 > ::ffff:506:708 443'), '0.0.0.0:80->5.6.7.8:443'],
    [tupleBytes('unix ff > 0 /run/x'), 'ff->0 /run/x'],
    [tupleBytes('family 17'), 'family 17'],
    [Uint8Array.of(1, 2), ''],
    [Uint8Array.of(2, 2), 'INVALID IPv4'],
    [new Uint8Array(0), 'NULL'],
  ])('%# is shown as %2$s', (bytes, text) => {
    expect(tupleParamText(bytes)).toBe(text);
  });
});
