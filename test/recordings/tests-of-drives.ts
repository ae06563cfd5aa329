import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { Drive, Take } from './drive.ts';
import { drives, RECORDINGS } from './library.ts';

const SCHEMA = '# yaml-language-server: $schema=../tests.schema.json\n';
const MADE = '# Written by npm run record:library from the drives: change a drive.yaml, not this file.\n';
const CONFORMANCE = '${CREANCE_CONFORMANCE:-../../../shared/conformance}/rules';

/** The two test files of all recordings, by name: under the rules of this library, and under those that come with Falco. */
export function testsOfDrives(): Map<string, string> {
  const all = drives();
  const takes = all.flatMap((drive) => [
    { drive, name: 'attack', take: drive.attack },
    { drive, name: 'benign', take: drive.benign },
  ]);
  const own = {
    about: 'Every recorded attack fires the rules that it promises and no others; so does its benign twin.',
    rules: '../rules',
    matching: 'all',
    tests: takes.map(({ drive, name, take }) => ({ ...head(drive, name, take), expect: ownExpectations(drive, take) })),
  };
  const upstream = {
    about: 'The rules that come with Falco fire on recorded attacks, and are silent on their benign twins.',
    rules: [
      ...['falco_rules', 'falco-incubating_rules', 'falco-sandbox_rules'].map((file) => `${CONFORMANCE}/${file}.yaml`),
      '../upstream',
    ],
    'skip unless present': 'conformance data not present',
    matching: 'all',
    config: { rules: [{ enable: { rule: '*' } }] },
    tests: takes.flatMap(({ drive, name, take }) => {
      const expect = upstreamExpectations(drive, take);
      return expect.length === 0 ? [] : [{ ...head(drive, name, take), expect }];
    }),
  };
  return new Map(
    Object.entries({ 'own.test.yaml': own, 'upstream.test.yaml': upstream }).map(([name, tests]) => [
      name,
      `${SCHEMA}${MADE}${dump(tests, { lineWidth: 120, noRefs: true })}`,
    ]),
  );
}

/** Writes them. */
export function writeTests(): void {
  for (const [name, text] of testsOfDrives()) writeFileSync(join(RECORDINGS, name), text);
}

function head({ slug }: Drive, name: string, { about }: Take): { name: string; trace: string } {
  return { name: about, trace: `${slug}/${name}.scap.gz` };
}

/** A rule by its name alone fires once or more, and nothing else fires. A twin names what it looks like. */
function ownExpectations({ attack }: Drive, { expect }: Take): unknown[] {
  const fired = expect.map((one) => (typeof one === 'string' ? { alert: one, 'at least': 1 } : one));
  const looksLike = attack.expect.filter((rule) => typeof rule === 'string' && !expect.includes(rule));
  return [...fired, ...looksLike.map((rule) => ({ 'no alert': rule })), 'no other alerts'];
}

/** What the attack fires must be silent on the twin, unless the twin says otherwise. */
function upstreamExpectations({ attack }: Drive, take: Take): unknown[] {
  const silent = attack.upstream.filter((rule) => !take.upstream.includes(rule));
  return [
    ...take.upstream.map((rule) => ({ alert: rule, 'at least': 1 })),
    ...silent.map((rule) => ({ 'no alert': rule })),
  ];
}
