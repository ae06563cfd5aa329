import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Double } from '../../engine/model/alert.ts';
import { jsonObject, jsonText } from '../../engine/output/json-text.ts';

describe('JSON of alerts', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [100, '100.0'],
    [0.042724609375, '0.042724609375'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [123456789012345, '123456789012345.0'],
    [1e15, '1e+15'],
    [1.5e300, '1.5e+300'],
    [2.5e-10, '2.5e-10'],
    [-12.5, '-12.5'],
    [Number.NaN, 'null'],
  ])('writes the floating-point number %s as %s', (value, text) => {
    expect(jsonText(new Double(value))).toBe(text);
  });

  it('writes floating-point numbers that read back as the same', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = jsonText(new Double(value));
        expect(JSON.parse(text)).toBe(value);
        expect(text).toMatch(/[.e]/);
      }),
    );
  });

  it('keeps every digit of an integer', () => {
    expect(jsonText(18446744073709551615n)).toBe('18446744073709551615');
    expect(jsonText(-9007199254740993n)).toBe('-9007199254740993');
    expect(jsonText(1534527347000000012n)).toBe('1534527347000000012');
  });

  it('escapes what JSON must and nothing else', () => {
    expect(jsonText('"\\\b\f\n\r\t\u0001\u001f\u007f/é\u2028')).toBe(
      '"\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f/é\u2028"',
    );
  });

  it('writes lists, truth values and null', () => {
    expect(jsonText([1, 'a', null, true, new Double(1)])).toBe('[1,"a",null,true,1.0]');
  });

  it('sorts keys by their bytes', () => {
    const keys = ['b', 'a', 'a.b', 'é', '\u{1f600}', '\uffee', 'Z', ''];
    const object = jsonObject(keys.map((key) => [key, '1']));
    const byBytes = keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect(object).toBe(`{${byBytes.map((key) => `${JSON.stringify(key)}:1`).join(',')}}`);
  });
});
