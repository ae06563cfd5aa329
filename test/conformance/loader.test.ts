import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printExpression } from '../../engine/filter/print.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules, type LoadResult } from '../../engine/rules/loader.ts';
import { CONFORMANCE, describeConformance } from './data.ts';

/** What Falco made of one rule file, or of several loaded in order. */
interface LoaderCase {
  readonly id: string;
  readonly yaml: string | readonly { readonly name: string; readonly content: string }[];
  readonly expect: Verdict & {
    readonly rulesLoaded: readonly string[];
    readonly messageContains?: string;
    readonly compiledCondition?: string;
    readonly perFile?: readonly Verdict[];
  };
}

interface Verdict {
  readonly ok: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const UPSTREAM = ['falco_rules.yaml', 'falco-incubating_rules.yaml', 'falco-sandbox_rules.yaml'];

describeConformance('loading of rules, against Falco', () => {
  const cases = JSON.parse(readFileSync(join(CONFORMANCE, 'loader-cases.json'), 'utf8')) as LoaderCase[];

  it.each(cases)('$id', ({ yaml, expect: wanted }) => {
    const files = typeof yaml === 'string' ? [{ name: 'rules.yaml', content: yaml }] : yaml;
    const { results, lastRuleSet } = loadRules(
      files.map(({ name, content }) => new Source(name, content)),
      { plugins: [] },
    );
    const verdicts = results.map(verdictOf);
    expect({
      ok: verdicts.every(({ ok }) => ok),
      errors: verdicts.flatMap(({ errors }) => errors),
      warnings: verdicts.flatMap(({ warnings }) => warnings),
      rulesLoaded: (lastRuleSet?.rules ?? []).map(({ name }) => name),
    }).toEqual({ ok: wanted.ok, errors: wanted.errors, warnings: wanted.warnings, rulesLoaded: wanted.rulesLoaded });
    if (wanted.perFile !== undefined) expect(verdicts).toEqual(wanted.perFile);
    if (wanted.messageContains !== undefined) {
      const messages = results.flatMap(({ errors, warnings }) =>
        [...errors, ...warnings].map(({ message }) => message),
      );
      expect(
        messages.some((message) => message.includes(wanted.messageContains!)),
        messages.join('\n'),
      ).toBe(true);
    }
    if (wanted.compiledCondition !== undefined) {
      expect(toUnicode(printExpression(lastRuleSet!.rules[0]!.expression))).toBe(wanted.compiledCondition);
    }
  });

  it('loads the upstream rules without a word', () => {
    const sources = UPSTREAM.map((name) => new Source(name, readFileSync(join(CONFORMANCE, 'rules', name), 'utf8')));
    const { results, ruleSet } = loadRules(sources);
    for (const { errors, warnings, lints, schema } of results) {
      expect([...errors, ...warnings, ...lints].map(({ message }) => message)).toEqual([]);
      expect(schema).toEqual({ valid: true, warnings: [] });
    }
    expect([ruleSet?.rules.length, ruleSet?.active.length]).toEqual([93, 81]);
  });
});

function verdictOf({ successful, errors, warnings }: LoadResult): Verdict {
  return { ok: successful, errors: errors.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
}
