import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { loadRules } from '../../engine/rules/loader.ts';
import { readCases } from './case-file.ts';

const cases = readCases('lints.yaml', ['condition', 'found'], (reading) => ({
  condition: reading.text('condition') ?? '',
  found: reading.texts('found') ?? [],
}));

describe('advice', () => {
  it.each(cases)('on $condition: $found', ({ condition, found }) => {
    const head = '- rule: r\n  desc: d\n  output: x\n  priority: INFO\n  condition: |-\n    ';
    const { results } = loadRules([new Source('rules.yaml', `${head}evt.type = connect and ${condition}\n`)]);
    expect(results[0]?.errors).toEqual([]);
    expect(results[0]?.lints.map(({ code }) => code)).toEqual(found);
    for (const { span, hint } of results[0]!.lints) {
      expect(span?.source.text.slice(span.start, span.end)).toBe(condition);
      expect(hint).toBeTruthy();
    }
  });

  it('is given once, although all rules are compiled again after each file', () => {
    const files = ['a', 'b', 'c'].map((name) => {
      const rule = {
        rule: name,
        desc: 'd',
        condition: 'evt.type = open and proc.aname != x',
        output: 'x',
        priority: 'INFO',
      };
      return new Source(`${name}.yaml`, `- ${JSON.stringify(rule)}\n`);
    });
    const { results } = loadRules(files);
    expect(results.map(({ lints }) => lints.length)).toEqual([1, 1, 1]);
  });
});
