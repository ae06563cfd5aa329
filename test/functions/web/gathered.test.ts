import { describe, expect, it } from 'vitest';

import { gathered, type ChangeGroup } from '../../../functions/web/page/compare/gathered.ts';

function group(rule: string, workload: string, count: number, cause = 'priority'): ChangeGroup {
  const rest = { kind: 'changed', aspects: ['priority'], label: 'attack', image: 'host', examples: [] } as const;
  return { ...rest, rule, workload, count, cause: { how: 'alone', edits: [1], text: cause } };
}

describe('the lines of a report on a change', () => {
  it('are one for each rule and cause, the most alerts first, with the traces they come from', () => {
    const lines = gathered([
      group('A', 'web', 1),
      group('B', 'web', 2, 'condition'),
      group('A', 'db', 3),
      group('A', 'web', 1),
      group('B', 'web', 1),
    ]);
    expect(lines.map(({ rule, cause, count }) => [rule, cause, count])).toEqual([
      ['A', 'priority', 5],
      ['B', 'condition', 2],
      ['B', 'priority', 1],
    ]);
    expect(lines[0]?.traces).toEqual([
      { name: 'web', label: 'attack', count: 2 },
      { name: 'db', label: 'attack', count: 3 },
    ]);
  });

  it('tell apart what another rule tells of now', () => {
    expect(gathered([group('A', 'web', 1), { ...group('A', 'web', 1), ruleAfter: 'B' }])).toHaveLength(2);
  });

  it('are none without changes', () => {
    expect(gathered([])).toEqual([]);
  });
});
