import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { check } from '../engine/check.ts';
import { Source } from '../engine/model/source.ts';
import { readCases } from '../engine/scenario/read-cases.ts';
import { readScenario } from '../engine/scenario/read.ts';
import type { SuiteReport, TestResult } from '../engine/suite/result.ts';
import { verify } from '../engine/verify.ts';
import { diskFiles } from '../functions/cli/verify/disk-files.ts';
import { readRuleFiles } from '../functions/cli/rule-files.ts';
import { CONFORMANCE, describeConformance } from './conformance/data.ts';
import { foldersWith, LIBRARY } from './library.ts';

const root = relative(process.cwd(), LIBRARY.replace(/\/$/, '')) || '.';
const files = diskFiles();
const source = (path: string) => new Source(path, readFileSync(path, 'utf8'));

/** Runs a test file of the library. */
function verifyFile(name: string): Promise<SuiteReport> {
  const variables = new Map([['CREANCE_CONFORMANCE', CONFORMANCE]]);
  return verify([{ kind: 'test file', source: source(join(root, name)) }], files, { variables });
}

/** What went wrong in a test, as short as it can be said. */
function wrongWith({ name, failures, findings, reason }: TestResult): string[] {
  return [...findings.map(({ text }) => text), ...failures.map((one) => `${one.expected}; ${one.came.join('; ')}`)].map(
    (words) => `${name}: ${words}${reason ?? ''}`,
  );
}

const own = await verifyFile('own.test.yaml');

describe('the library of stories', () => {
  it.each(own.tests)('$name', (test) => {
    expect(wrongWith(test)).toEqual([]);
    expect(test.status).toBe('passed');
  });

  it('is tried whole', () => {
    const tried = new Set(own.tests.map(({ input }) => relative(root, input)));
    const stories = (['scenario', 'benign'] as const).flatMap((story) =>
      foldersWith(story).map((folder) => `${folder}/${story}.yaml`),
    );
    expect(stories.filter((story) => !tried.has(story))).toEqual([]);
    const [{ rules, positive, negative } = { rules: [], positive: 0, negative: 0 }] = own.coverage;
    expect(rules.length).toBeGreaterThan(0);
    expect([positive, negative]).toEqual([rules.length, rules.length]);
  });

  it('has rules without an error, a warning or advice', () => {
    const { results } = check(readRuleFiles([join(root, 'rules')]));
    const told = results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
    expect(told.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  it.each(foldersWith('scenario'))('%s: has a short README that names its techniques', (folder) => {
    const readme = readFileSync(join(LIBRARY, folder, 'README.md'), 'utf8');
    expect(readme.split('\n').length).toBeLessThan(30);
    const { cases } = readCases(source(join(root, folder, 'scenario.yaml')));
    for (const technique of cases[0]?.scenario.techniques ?? []) expect(readme).toContain(technique);
  });

  it('keeps what its README shows first', async () => {
    const readme = readFileSync(join(LIBRARY, 'README.md'), 'utf8');
    const text = /```yaml\n(story:[\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const rules = { sources: readRuleFiles([join(root, 'rules')]), configuration: undefined };
    const alone = {
      ...files,
      has: () => true,
      texts: () => ({ sources: [new Source('story.yaml', text)], diagnostics: [] }),
    };
    const report = await verify([{ kind: 'scenario', source: new Source('story.yaml', text) }], alone, { rules });
    expect(report.tests.flatMap(wrongWith)).toEqual([]);
    expect(readScenario(new Source('story.yaml', text)).scenario?.expectations.length).toBeGreaterThan(1);
  });
});

describe('a rule of a user on the story of the shell in nginx', () => {
  const cases = relative(process.cwd(), fileURLToPath(new URL('cases/scenario', import.meta.url)));
  const text = `
rules: ${relative(root, cases)}/shell-spawned.rules.yaml
matching: all
tests:
  - scenario: shell-spawned-in-nginx/scenario.yaml
    expect:
      - alert: Shell Spawned in Container
        priority: Warning
        output: Shell spawned in container (user=root command=sh -c id)
      - alerts: 1
  - scenario: shell-spawned-in-nginx/benign.yaml
    expect: []
`;

  it('fires once on the attack, with its output, and not on the twin', async () => {
    const report = await verify([{ kind: 'test file', source: new Source(join(root, 'user.test.yaml'), text) }], files);
    expect(report.tests.flatMap(wrongWith)).toEqual([]);
    expect(report.passed).toBe(2);
    expect(report.coverage[0]?.rules).toMatchObject([{ positive: 1, negative: 1 }]);
  });
});

const upstream = await verifyFile('upstream.test.yaml');
const asShipped = await verifyFile('upstream-as-shipped.test.yaml');

describeConformance('the rules that come with Falco', () => {
  it.each(upstream.tests)('$name', (test) => {
    expect(wrongWith(test)).toEqual([]);
    expect(test.status).toBe('passed');
  });

  it.each(asShipped.tests)('as they come: $name', (test) => {
    expect(wrongWith(test)).toEqual([]);
    expect(test.status).toBe('passed');
  });

  it('fire or stay silent in a scenario each', () => {
    const [coverage] = upstream.coverage;
    expect(coverage?.rules).toHaveLength(93);
    const open = coverage?.rules.filter(
      (rule) => rule.cannotFire === undefined && (rule.positive === 0 || rule.negative === 0),
    );
    expect(open?.map(({ rule }) => rule)).toEqual([]);
  });
});
