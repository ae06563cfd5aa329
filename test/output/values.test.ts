import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../engine/model/alert.ts';
import { PARAM_TYPES, PRINT_FORMATS, type ParamType, type PrintFormat } from '../../engine/model/param-type.ts';
import type { Value } from '../../engine/model/value.ts';
import { jsonText } from '../../engine/output/json-text.ts';
import { valueJson } from '../../engine/output/value-json.ts';
import { valueText } from '../../engine/output/value-text.ts';

/** A value of a type, how it is printed, as text and in JSON; null text is `<NA>`. */
interface ValueCase {
  readonly type: ParamType;
  readonly print: PrintFormat;
  readonly value: Value;
  readonly text: string | null;
  readonly json: JsonValue;
}

const cases = load(
  readFileSync(new URL('../cases/output/values.yaml', import.meta.url), 'utf8'),
) as readonly ValueCase[];

describe('values', () => {
  it.each(cases)('$type $print $value', ({ type, print, value, text, json }) => {
    expect(PARAM_TYPES).toContain(type);
    expect(PRINT_FORMATS).toContain(print);
    expect(valueText(type, print, value) ?? null).toBe(text);
    expect(jsonText(valueJson(type, print, value))).toBe(JSON.stringify(json));
  });

  it('of floating point keep their fraction in JSON', () => {
    expect(jsonText(valueJson('DOUBLE', 'NA', 100))).toBe('100.0');
    expect(jsonText(valueJson('DOUBLE', 'DEC', 99.9))).toBe('99');
  });

  it('round a half to the even digit as text', () => {
    const texts = [0.25, 0.75, 0.05, 0.35, 2.5, -0.25, 1.25].map((value) => valueText('DOUBLE', 'NA', value));
    expect(texts).toEqual(['0.2', '0.8', '0.1', '0.3', '2.5', '-0.2', '1.2']);
  });

  it('that are buffers are cut to what Falco has room for', () => {
    expect(valueText('BYTEBUF', 'NA', 'x'.repeat(1022))?.length).toBe(1022);
    expect(valueText('BYTEBUF', 'NA', 'x'.repeat(1023))?.length).toBe(1021);
    expect(
      valueText(
        'CHARBUF',
        'NA',
        Array.from({ length: 600 }, () => 'ab'),
      )?.length,
    ).toBe(1023);
  });
});
