import { describe, expect, it } from 'vitest';
import { scanNumber } from '../../engine/fields/scanned-number.ts';

describe('numbers as C scans them', () => {
  it.each([
    ['0', 0],
    ['007', 7],
    [' 7', 7],
    ['\t-7', -7],
    ['+7', 7],
    ['2147483647', 2147483647],
    ['2147483648', -2147483648],
    ['4294967296', 0],
    ['9'.repeat(1000), -1],
    [`-${'9'.repeat(1000)}`, 0],
    ['', undefined],
    [' ', undefined],
    ['-', undefined],
    ['7 ', undefined],
    ['7x', undefined],
    ['0x7', undefined],
    ['1.5', undefined],
    ['--7', undefined],
  ])('%j is %s in 32 bits', (text, value) => {
    expect(scanNumber(text, 32)).toBe(value);
  });

  it('has room for more in 64', () => {
    expect(scanNumber('4294967296', 64)).toBe(4294967296);
  });
});
