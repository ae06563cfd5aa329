import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { readCases } from './read-cases.ts';

interface Mistake {
  readonly name: string;
  readonly scenario: string;
  readonly code: string;
  readonly at?: string;
  readonly message?: string;
  readonly hint?: string;
}

describe('mistakes in a scenario', () => {
  it.each(readCases<Mistake>('mistakes.yaml'))('$name', ({ scenario, code, at, message, hint }) => {
    const read = readScenario(new Source('story.yaml', scenario));
    expect(read.scenario).toBeUndefined();
    expect(read.diagnostics.length).toBeGreaterThan(0);
    const [first] = read.diagnostics;
    expect(first?.code).toBe(code);
    const span = first?.span;
    if (at !== undefined) expect(span?.source.text.slice(span.start, span.end)).toBe(at);
    if (message !== undefined) expect(first?.message).toContain(message);
    if (hint !== undefined) expect(first?.hint ?? '').toContain(hint);
  });

  it('tells each mistake once, and nothing that only follows from it', () => {
    const text = `
story: x
actors:
  nginx: nginx
steps:
  - nginx runs: sh
    as: shell
    tty: perhaps
  - shell opens: /etc/passwd
  - shell runs: id
    as: id
  - id exits: 0
  - nginx opens: /etc/passwd
    result: ENOTHING
`;
    const { diagnostics } = readScenario(new Source('story.yaml', text));
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "YAML_VALUE 'tty' must be true or false, not 'perhaps'",
      "SCENARIO_VALUE 'result' can't be 'ENOTHING': there is no such errno",
    ]);
  });

  it('refuses a file that is too long', () => {
    const { diagnostics } = readScenario(new Source('story.yaml', `story: ${'x'.repeat(1024 * 1024)}\nsteps: []\n`));
    expect(diagnostics.map(({ code }) => code)).toEqual(['LIMIT_SCENARIO_BYTES']);
  });

  it('does not confuse names with what every object has', () => {
    const text = `
story: x
actors: { constructor: constructor, __proto__: { runs: toString } }
steps:
  - constructor runs: hasOwnProperty valueOf
    as: toString
  - toString opens: /__proto__
    result: valueOf
`;
    const { diagnostics } = readScenario(new Source('story.yaml', text));
    expect(diagnostics.map(({ code }) => code)).toEqual(['SCENARIO_VALUE']);
  });
});
