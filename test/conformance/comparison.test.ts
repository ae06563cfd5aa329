import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLines } from './alert-lines.ts';
import { linesOf, type ConformanceData } from './conformance-data.ts';
import { normalJson } from './exact-json.ts';
import { eachMember } from './flat-json.ts';
import { add, emptyOutcome, Tally } from './tally.ts';

const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.double({ noNaN: true }), fc.boolean());

describe('the comparison itself', () => {
  it('finds the members of an object as JSON.parse does, in their own words', () => {
    const keys = fc.stringMatching(/^[a-z.]+(\[[a-z0-9/]*\])?$/);
    fc.assert(
      fc.property(fc.dictionary(keys, fc.oneof(scalar, fc.array(scalar))), (object) => {
        const found: [string, string][] = [];
        eachMember(JSON.stringify(object), (key, value) => found.push([key, value]));
        expect(found).toEqual(Object.entries(object).map(([key, value]) => [key, JSON.stringify(value)]));
      }),
    );
  });

  it('keeps the last digit of a number, whatever else is written otherwise', () => {
    expect(normalJson('{"a": 1795489617211846067, "b": "\\u0041", "c": 0.10}')).toBe(
      '{"a":1795489617211846067,"b":"A","c":0.10}',
    );
  });

  it('sees one digit beyond the precision of a double', () => {
    const tally = new Tally('unit');
    tally.compare('evt.time', normalJson('1795489617211846067'), normalJson('1795489617211846068'), { event: 7 });
    expect(tally.outcome).toMatchObject({ equal: 0, different: 1, differences: [{ unit: 'unit', event: 7 }] });
  });

  it.each([
    ['nothing', ['a', 'b', 'c'], 3, []],
    ['an alert that is missing', ['a', 'c'], 2, ['b -> (no alert)']],
    ['an alert that Falco does not have', ['a', 'b', 'x', 'c'], 3, ['(no alert) -> x']],
    ['two that change places', ['b', 'a', 'c'], 3, ['a b c -> b a c']],
    ['all that are missing', [], 0, ['a -> (no alert)', 'b -> (no alert)', 'c -> (no alert)']],
  ])('tells of %s once, and of no other', (_, found, equal, differences) => {
    const tally = new Tally('unit');
    compareLines(['a', 'b', 'c'].map(line), found.map(line), tally);
    const short = (text: string): string =>
      text.startsWith('(')
        ? text
        : text
            .split('\n')
            .map((one) => (JSON.parse(one) as { rule: string }).rule)
            .join(' ');
    const told = tally.outcome.differences.map((one) => `${short(one.expected)} -> ${short(one.found)}`);
    expect({ equal: tally.outcome.equal, told }).toEqual({ equal, told: differences });
  });

  it('counts what says nothing apart, and adds units up', () => {
    const total = emptyOutcome();
    for (const unit of ['one', 'two']) {
      const tally = new Tally(unit);
      tally.compare('a', '1', '1');
      tally.compare('b', '1', '2');
      tally.compare('c', '1', '2', { reason: 'garbage' });
      tally.compare('d', '1', '1', { reason: 'garbage' });
      add(total, tally.outcome);
    }
    expect(total).toMatchObject({ equal: 2, different: 2, excluded: { garbage: { equal: 2, different: 2 } } });
    expect(total.differences.map(({ unit, what }) => `${unit} ${what}`)).toEqual(['one b', 'two b']);
  });

  it('reads the same lines however the bytes of a file are cut', async () => {
    const text = 'one\nzwö\n\n日本\nlast';
    const bytes = new TextEncoder().encode(text);
    for (let size = 1; size <= bytes.length; size++) {
      const lines: string[] = [];
      for await (const one of linesOf(fileOf(bytes, size), 'file')) lines.push(one);
      expect(lines).toEqual(text.split('\n'));
    }
  });
});

function line(rule: string): string {
  return JSON.stringify({ output: `of ${rule}`, rule, time: '2026-01-05T09:00:00.000000000Z' });
}

/** Data of one file, which comes in pieces of a size. */
function fileOf(bytes: Uint8Array, size: number): ConformanceData {
  return {
    list: () => Promise.resolve(['file']),
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}
