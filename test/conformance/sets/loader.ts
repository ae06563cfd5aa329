import { printExpression } from '../../../engine/filter/print.ts';
import { toUnicode } from '../../../engine/model/byte-string.ts';
import { Source } from '../../../engine/model/source.ts';
import { loadRules, type Loaded, type LoadResult } from '../../../engine/rules/loader.ts';
import { textOf, type ConformanceData } from '../conformance-data.ts';
import type { ConformanceSet } from '../conformance-set.ts';
import type { Tally } from '../tally.ts';
import { sourcesOf, UPSTREAM_FILES } from '../upstream-rules.ts';

/** Rule files that Falco loads or refuses, with all that it says of them. */
export const LOADER: ConformanceSet = {
  name: 'loader',
  cases: 'rule files, or several loaded together',
  units: () => Promise.resolve([CASES, UPSTREAM]),
  compare: (data, unit, tally) => (unit === CASES ? compareCases(data, tally) : compareUpstream(data, tally)),
};

const CASES = 'loader-cases.json';
const UPSTREAM = 'upstream rules';
/** Rules of the three upstream files, and those of them that are switched on. */
const UPSTREAM_RULES = { rules: 93, active: 81 };

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

async function compareCases(data: ConformanceData, tally: Tally): Promise<void> {
  for (const { id, yaml, expect } of JSON.parse(await textOf(data, CASES)) as LoaderCase[]) {
    const files = typeof yaml === 'string' ? [{ name: 'rules.yaml', content: yaml }] : yaml;
    const sources = files.map(({ name, content }) => new Source(name, content));
    const loaded = loadRules(sources, { plugins: [] });
    tally.compare(id, JSON.stringify(asked(expect, expect)), JSON.stringify(asked(expect, answer(loaded, expect))));
  }
}

/** What a case asks for, in one order: not every case has all of it. */
function asked(expect: LoaderCase['expect'], values: LoaderCase['expect']): object {
  const { ok, errors, warnings, rulesLoaded, perFile, messageContains, compiledCondition } = values;
  return {
    ok,
    errors,
    warnings,
    rulesLoaded,
    ...(expect.perFile !== undefined && {
      perFile: perFile?.map((verdict) => [verdict.ok, verdict.errors, verdict.warnings]),
    }),
    ...(expect.messageContains !== undefined && { messageContains }),
    ...(expect.compiledCondition !== undefined && { compiledCondition }),
  };
}

function answer({ results, lastRuleSet }: Loaded, { messageContains }: LoaderCase['expect']): LoaderCase['expect'] {
  const perFile = results.map(verdictOf);
  const [first] = lastRuleSet?.rules ?? [];
  const messages = results.flatMap(({ errors, warnings }) => [...errors, ...warnings].map(({ message }) => message));
  const said = messages.some((message) => message.includes(messageContains ?? ''));
  return {
    ok: perFile.every(({ ok }) => ok),
    errors: perFile.flatMap(({ errors }) => errors),
    warnings: perFile.flatMap(({ warnings }) => warnings),
    rulesLoaded: (lastRuleSet?.rules ?? []).map(({ name }) => name),
    perFile,
    messageContains: said && messageContains !== undefined ? messageContains : messages.join('\n'),
    compiledCondition: first === undefined ? '(no rule)' : toUnicode(printExpression(first.expression)),
  };
}

/** The upstream rules load, and nothing is said of them. */
async function compareUpstream(data: ConformanceData, tally: Tally): Promise<void> {
  const { results, ruleSet } = loadRules(await sourcesOf(data, UPSTREAM_FILES));
  for (const { source, errors, warnings, lints, schema } of results) {
    const said = [...errors, ...warnings, ...lints].map(({ code, message }) => `${code}: ${message}`);
    tally.compare(source.name, '', [...said, ...(schema?.warnings ?? [])].join('\n'));
  }
  const counts = { rules: ruleSet?.rules.length, active: ruleSet?.active.length };
  tally.compare('number of rules', JSON.stringify(UPSTREAM_RULES), JSON.stringify(counts));
}

function verdictOf({ successful, errors, warnings }: LoadResult): Verdict {
  return { ok: successful, errors: errors.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
}
