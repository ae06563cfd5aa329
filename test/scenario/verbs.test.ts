import { describe, expect, it } from 'vitest';
import { Filtering, readQuery } from '../../engine/filter.ts';
import { Source } from '../../engine/model/source.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { VERBS } from '../../engine/scenario/steps/verbs.ts';
import { readCases } from './read-cases.ts';

interface Case {
  readonly name: string;
  readonly steps: readonly unknown[];
  readonly containers?: Readonly<Record<string, unknown>>;
  readonly where?: string;
  readonly show: readonly string[];
  readonly events: readonly string[];
}

/** Who is there in every case. */
const STAGE = {
  machine: { users: { alice: 1000 }, hosts: { db: '10.0.0.7' } },
  containers: { web: { image: 'nginx:1.27', mounts: '/srv/data:/data' } },
  actors: {
    sh: '/bin/sh',
    alice: { runs: ['-bash'], exe: '/bin/bash', user: 'alice', tty: 'yes' },
    nginx: { in: 'web', runs: 'nginx -g "daemon off;"', listens: '0.0.0.0:80' },
  },
};

const cases = readCases<Case>('verbs.yaml');

describe('what a verb makes Falco see', () => {
  it.each(cases)('$name', ({ name, steps, containers, where = 'evt.num >= 0', show, events }) => {
    // YAML is a superset of JSON.
    const story = JSON.stringify({ story: name, ...STAGE, containers: { ...STAGE.containers, ...containers }, steps });
    const { scenario, diagnostics } = readScenario(new Source('story', story));
    expect(diagnostics).toEqual([]);
    const { query, diagnostics: problems } = readQuery(where, show);
    expect(problems).toEqual([]);
    if (scenario === undefined || query === undefined) return;
    const seen: string[] = [];
    play(
      scenario,
      new Filtering(query, { onEvent: ({ texts }) => seen.push(show.map((field) => texts.get(field)).join(' | ')) }),
    );
    expect(seen).toEqual(events);
  });

  it('is shown for every verb', () => {
    const steps = cases
      .flatMap((example) => example.steps)
      .flatMap((step) => (typeof step === 'string' ? [step] : Object.keys(step as object)));
    const missing = VERBS.filter((verb) => !steps.some((words) => words.replace(/^\S+ /, '') === verb.words));
    expect(missing.map((verb) => verb.words)).toEqual([]);
  });
});
