import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RULE_FILE_BYTES } from '../../engine/model/limits.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules } from '../../engine/rules/loader.ts';

const RULE = (condition: string) =>
  `- ${JSON.stringify({ rule: 'r', desc: 'd', condition, output: 'x', priority: 'INFO' })}\n`;

describe('loadRules on hostile files', () => {
  it.each([
    ['a file beyond the limit', ' '.repeat(MAX_RULE_FILE_BYTES + 1), 'LIMIT_RULE_FILE_BYTES'],
    ['lists that multiply each other', multiplyingLists(), 'LIMIT_CONDITION_CHARS'],
    ['lists full of a list', fullLists(), 'LIMIT_LIST_ITEMS'],
    ['ten thousand lists in one long condition', manyLists(), 'LIMIT_LIST_SCAN'],
    ['macros that double each other', doublingMacros(), 'LIMIT_CONDITION_NODES'],
    ['macros inside macros without end', deepMacros(), 'LIMIT_CONDITION_DEPTH'],
    [
      'a condition nested without end',
      RULE(`${'('.repeat(10_000)}evt.type=open${')'.repeat(10_000)}`),
      'LIMIT_CONDITION_DEPTH',
    ],
    [
      'more values than are kept',
      RULE(`evt.type=open and proc.name in (${'a,'.repeat(1_100_000)}a)`),
      'LIMIT_CONDITION_NODES',
    ],
  ])('refuses %s', (_, yaml, code) => {
    const { results, ruleSet } = loadRules([new Source('hostile.yaml', yaml)]);
    expect(results.flatMap(({ errors }) => errors.map((error) => error.code))).toEqual([code]);
    expect(ruleSet).toBeUndefined();
  });

  it('loads three thousand parentheses, as Falco does', () => {
    const { ruleSet } = loadRules([
      new Source('deep.yaml', RULE(`${'('.repeat(3000)}evt.type=open${')'.repeat(3000)}`)),
    ]);
    expect(ruleSet?.rules).toHaveLength(1);
  });

  it('loads what is nested to the limit', () => {
    const condition = `${'not ('.repeat(2400)}evt.type=open and proc.name=a${')'.repeat(2400)}`;
    expect(loadRules([new Source('deep.yaml', RULE(condition))]).ruleSet?.rules).toHaveLength(1);
  });

  it('loads many files without compiling everything from nothing each time', () => {
    const files = Array.from(
      { length: 100 },
      (_, i) =>
        new Source(
          `${i}.yaml`,
          Array.from({ length: 20 }, (__, j) =>
            RULE('evt.type = open and proc.name = a').replace('"r"', `"r${i}-${j}"`),
          ).join(''),
        ),
    );
    expect(loadRules(files).ruleSet?.rules).toHaveLength(2000);
  });

  it('never throws, whatever the file', () => {
    const keys = [
      'rule',
      'macro',
      'list',
      'condition',
      'items',
      'output',
      'desc',
      'priority',
      'exceptions',
      'override',
      'append',
      'tags',
      'source',
      'enabled',
      'fields',
      'values',
      'comps',
      'name',
    ];
    const scalars = [
      'r',
      'evt.type=open',
      'm and l',
      'INFO',
      'true',
      'append',
      'replace',
      'condition',
      '%proc.name',
      '',
      'proc.name',
      '(',
      'in',
      'x',
    ];
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(...scalars),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 8 }),
      ),
    })).value;
    const item = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 8 });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), (items) => {
        const yaml = items.map((entry) => `- ${JSON.stringify(entry)}`).join('\n');
        const { results } = loadRules([new Source('any.yaml', yaml), new Source('more.yaml', yaml)]);
        expect(results).toHaveLength(2);
      }),
      { numRuns: 1500 },
    );
  });
});

/** Each list names the next ten times; text goes in forward to any depth. */
function multiplyingLists(): string {
  const lists = Array.from(
    { length: 12 },
    (_, i) =>
      `- list: l${i}\n  items: [${Array(10)
        .fill(`l${i + 1}`)
        .join(', ')}]\n`,
  );
  return `${lists.join('')}${RULE('evt.type=open and proc.name in (l0)')}`;
}

function fullLists(): string {
  return `- list: a\n  items: [${Array(50_000).fill('x').join(',')}]\n- list: b\n  items: [${Array(50_000).fill('a').join(',')}]\n`;
}

function manyLists(): string {
  const names = Array.from({ length: 10_000 }, (_, i) => `l${i}`);
  const lists = names.map((name) => `- {list: ${name}, items: [x${name}]}\n`).join('');
  return `${lists}${RULE(`evt.type=open and proc.name in (${names.join(',')}, ${'y,'.repeat(100_000)}y)`)}`;
}

function doublingMacros(): string {
  const macros = Array.from(
    { length: 40 },
    (_, i) => `- macro: m${i}\n  condition: ${i === 0 ? 'evt.type=open' : `m${i - 1} and not m${i - 1}`}\n`,
  );
  return `${macros.join('')}${RULE('m39')}`;
}

function deepMacros(): string {
  const macros = Array.from(
    { length: 6000 },
    (_, i) => `- {macro: m${i}, condition: ${i === 0 ? 'evt.type=open' : `not m${i - 1}`}}\n`,
  );
  return `${macros.join('')}${RULE('m5999')}`;
}
