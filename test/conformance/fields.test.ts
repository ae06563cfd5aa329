import { expect, it } from 'vitest';
import { CONFORMANCE_PRESENT, describeConformance } from './data.ts';
import { compareFields } from './field-comparison.ts';
import { goldenCaptures } from './golden-fields.ts';

describeConformance('fields', () => {
  it.each(CONFORMANCE_PRESENT ? goldenCaptures() : [])('of %s read what the real Falco reads', (capture) => {
    const { fields, missing, extra } = compareFields(capture);
    const wrong = fields.filter(({ different }) => different > 0);
    expect(wrong.map(({ name, different, first }) => ({ name, different, first: first.slice(0, 3) }))).toEqual([]);
    expect({ missing, extra }).toEqual({ missing: [], extra: [] });
  });
});
