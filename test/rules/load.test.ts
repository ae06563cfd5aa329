import { describe, expect, it } from 'vitest';
import { printExpression } from '../../engine/filter/print.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules } from '../../engine/rules/loader.ts';
import { readCases } from './case-file.ts';

const KEYS = ['says', 'rules', 'condition', 'output', 'names', 'found', 'message', 'hint'];

/** Rule files with what is said of them and what becomes of them. */
const cases = ['lists.yaml', 'macros.yaml', 'exceptions.yaml', 'rules.yaml'].flatMap((file) =>
  readCases(file, KEYS, (reading) => ({
    file,
    says: reading.text('says'),
    rules: reading.text('rules') ?? '',
    condition: reading.text('condition'),
    output: reading.text('output'),
    names: reading.texts('names'),
    found: reading.texts('found') ?? [],
    message: reading.text('message'),
    hint: reading.text('hint'),
  })),
);

describe('loadRules', () => {
  it.each(cases)('$file: $says', ({ rules, condition, output, names, found, message, hint }) => {
    const { results, ruleSet } = loadRules([new Source('rules.yaml', rules)]);
    const said = results.flatMap(({ lints, warnings, errors }) => [...lints, ...warnings, ...errors]);
    expect(said.map(({ code }) => code)).toEqual(found);
    if (message !== undefined) expect(said.map((diagnostic) => diagnostic.message).join('\n')).toContain(message);
    if (hint !== undefined) expect(said.map((diagnostic) => diagnostic.hint)).toContain(hint);
    for (const diagnostic of said) expectPlace(diagnostic);
    const rule = ruleSet?.rules.at(-1);
    if (condition !== undefined) expect(toUnicode(printExpression(rule!.expression))).toBe(condition);
    if (output !== undefined) expect(rule?.outputText).toBe(output);
    if (names !== undefined) expect(ruleSet?.rules.map(({ name }) => name)).toEqual(names);
  });
});

/** Everything that is said has a place in the file and, as far as it is Falco's, Falco's own places. */
function expectPlace({ span, severity, locations, snippet }: Diagnostic): void {
  expect(span).toBeDefined();
  expect(span!.start).toBeLessThanOrEqual(span!.end);
  expect(span!.end).toBeLessThanOrEqual(span!.source.text.length);
  if (severity === 'lint') return;
  expect(locations?.[0]).toMatchObject({ itemType: 'rules content', position: { line: 0, column: 0, offset: 0 } });
  expect(snippet).toMatch(/\n$/);
}
