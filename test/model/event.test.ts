import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteString, bytesOf, fromUnicode, toUnicode } from '../../engine/model/byte-string.ts';
import { buildEvent } from '../../engine/model/event-builder.ts';
import { integerOf, signed64, unsigned64 } from '../../engine/model/integer.ts';
import { Texts } from '../../engine/model/text.ts';

const halves = (value: bigint): [number, number] => [
  Number(BigInt.asUintN(64, value) & 0xffffffffn),
  Number(BigInt.asUintN(64, value) >> 32n),
];

describe('integers', () => {
  it('keep all 64 bits, signed and unsigned', () => {
    fc.assert(
      fc.property(fc.bigInt(-(1n << 63n), (1n << 63n) - 1n), (value) => {
        expect(signed64(...halves(value))).toBe(integerOf(value));
        const unsigned = BigInt.asUintN(64, value);
        expect(unsigned64(...halves(unsigned))).toBe(integerOf(unsigned));
      }),
    );
  });

  it.each([0n, -1n, 1n << 53n, (1n << 53n) - 1n, -(1n << 53n), -((1n << 53n) - 1n), -(1n << 63n)])(
    'keep %s',
    (value) => {
      expect(signed64(...halves(value))).toBe(integerOf(value));
    },
  );
});

describe('byte strings', () => {
  it('carry any bytes and any text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(bytesOf(byteString(bytes))).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(toUnicode(fromUnicode(text))).toBe(text);
      }),
    );
  });

  it('show malformed UTF-8 as replacement characters', () => {
    expect(toUnicode('caf\xc3\xa9 \xff')).toBe('café \uFFFD');
  });
});

describe('an event', () => {
  const event = buildEvent('SYSCALL_OPENAT_2_X', { time: 1_795_489_752_693_666_791n, tid: 42 }, [
    5,
    -100,
    '/etc/passwd',
    4097,
    0,
    undefined,
    1n << 60n,
  ]);

  it('reads back what it was built from', () => {
    expect(event.info.name).toBe('openat');
    expect(event.time()).toBe(1_795_489_752_693_666_791n);
    expect(event.int64(0)).toBe(5);
    expect(event.int64(1)).toBe(-100);
    expect(event.string(2)).toBe('/etc/passwd');
    expect(event.uint32(3)).toBe(4097);
    expect(event.has(5)).toBe(false);
    expect(event.unsigned64(6)).toBe(1n << 60n);
    expect(event.has(7)).toBe(false);
  });

  it('survives its source when copied', () => {
    const copy = event.copy();
    event.bytes.fill(0);
    expect(copy.string(2)).toBe('/etc/passwd');
    expect(copy.int64(1)).toBe(-100);
  });

  it('splits texts that lie back to back', () => {
    const exec = buildEvent('SYSCALL_EXECVE_19_X', { time: 0n, tid: 1 }, [0, 'sh', ['-c', '', 'id']]);
    expect(exec.strings(2)).toEqual(['-c', '', 'id']);
    expect(exec.strings(9)).toEqual([]);
  });
});

describe('interned texts', () => {
  it('are one object per text, whether from bytes or a string', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 400 }), (runs) => {
        const texts = new Texts();
        for (const bytes of runs) {
          const text = texts.ofBytes(bytes, 0, bytes.length);
          expect(text.value).toBe(byteString(bytes));
          expect(texts.of(byteString(bytes))).toBe(text);
          expect(texts.ofBytes(bytes, 0, bytes.length)).toBe(text);
        }
      }),
    );
  });

  it('are not remembered when too long', () => {
    expect(new Texts().of('x'.repeat(5000)).id).toBe(0);
  });
});
