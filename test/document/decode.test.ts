import { describe, expect, it } from 'vitest';
import { decodeBoolean, decodeInteger, decodeUnsigned } from '../../engine/document/decode.ts';

describe('decoding of single values', () => {
  it.each(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'TRUE', 'on', 'On'])('takes %s for true', (text) => {
    expect(decodeBoolean(text)).toBe(true);
  });

  it.each(['n', 'No', 'FALSE', 'off'])('takes %s for false', (text) => {
    expect(decodeBoolean(text)).toBe(false);
  });

  it.each(['', '1', '0', 'yEs', 'oN', 'true ', 'enabled'])('takes %j for no truth value', (text) => {
    expect(decodeBoolean(text)).toBeUndefined();
  });

  it.each([
    ['0', 0],
    ['+5', 5],
    ['0x1F', 31],
    ['017', 15],
    ['7 ', 7],
    ['4294967295', 4294967295],
  ])('takes %j for the unsigned number %d', (text, value) => {
    expect(decodeUnsigned(text)).toBe(value);
  });

  it.each(['', '-1', ' 7', '08', '0x', '1.5', '1e3', '4294967296', '7x'])('takes %j for no unsigned number', (text) => {
    expect(decodeUnsigned(text)).toBeUndefined();
  });

  it.each([
    ['-0x10', -16],
    ['0755', 493],
    ['9007199254740993', 9007199254740993n],
    ['1.5', undefined],
    ['9'.repeat(100), undefined],
  ])('reads %s as a number of any size', (text, value) => {
    expect(decodeInteger(text)).toBe(value);
  });
});
