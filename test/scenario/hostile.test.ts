import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { simulate } from '../../engine/simulate.ts';
import { foldersWith } from '../library.ts';

const scenarios = new URL('../../scenarios/', import.meta.url);
const stories = (['scenario', 'benign'] as const).flatMap((file) =>
  foldersWith(file).map((folder) => readFileSync(new URL(`${folder}/${file}.yaml`, scenarios), 'utf8')),
);

/** Lines that mean something in a story, to put where they don't belong. */
const LINES = stories.flatMap((story) => story.split('\n')).filter((line) => line.trim() !== '');

const damage = fc.oneof(
  fc.record({ kind: fc.constant('swap' as const), line: fc.nat(), with: fc.constantFrom(...LINES) }),
  fc.record({ kind: fc.constant('drop' as const), line: fc.nat(), with: fc.constant('') }),
  fc.record({ kind: fc.constant('insert' as const), line: fc.nat(), with: fc.constantFrom(...LINES) }),
  fc.record({ kind: fc.constant('letter' as const), line: fc.nat(), with: fc.string({ minLength: 1, maxLength: 3 }) }),
);

function damaged(story: string, harm: { kind: string; line: number; with: string }): string {
  const lines = story.split('\n');
  const at = harm.line % lines.length;
  if (harm.kind === 'insert') lines.splice(at, 0, harm.with);
  else if (harm.kind === 'drop') lines.splice(at, 1);
  else if (harm.kind === 'swap') lines[at] = harm.with;
  else lines[at] = `${lines[at]?.slice(0, harm.line % 30)}${harm.with}${lines[at]?.slice(harm.line % 30)}`;
  return lines.join('\n');
}

describe('a story that was damaged', () => {
  it('is refused with a reason and a place, or plays to its end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stories), fc.array(damage, { minLength: 1, maxLength: 4 }), (story, harms) => {
        const text = harms.reduce(damaged, story);
        let written = 0;
        const { scenario, performance, diagnostics } = simulate(
          new Source('story.yaml', text),
          'scap',
          (bytes) => (written += bytes.length),
        );
        for (const { span } of diagnostics) {
          expect(span?.start).toBeGreaterThanOrEqual(0);
          // A quote that is never closed ends where its closing one would be.
          expect(span?.end).toBeLessThanOrEqual(text.length + 1);
        }
        if (scenario === undefined) expect([written, diagnostics.length > 0]).toEqual([0, true]);
        else expect(performance?.steps).toHaveLength(scenario.steps.length);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a story that wants too much', () => {
  it('ends at the limit of events', () => {
    const text =
      'story: x\nactors: { sh: sh }\nsteps:\n  - sh calls: kexec_load\n    repeat: 1000000\n  - sh exits: 0\n';
    expect(readScenario(new Source('story', text)).diagnostics.map(({ code }) => code)).toEqual([
      'LIMIT_SCENARIO_EVENTS',
    ]);
  });

  it('ends at the limit of bytes', () => {
    const words = 'x'.repeat(4000);
    const text = `story: x\nactors: { sh: sh }\nsteps:\n  - sh execs: sh ${words}\n    repeat: 100000\n`;
    const { diagnostics } = readScenario(new Source('story', text));
    expect(diagnostics.map(({ code, message }) => [code, message.includes('bytes')])).toEqual([
      ['LIMIT_SCENARIO_EVENTS', true],
    ]);
  });

  it.each([
    ['of one process', 'sh uses bpf: BPF_PROG_LOAD'],
    ['that children inherit', 'sh forks:'],
  ])('ends at the limit of open files %s', (_, step) => {
    const opened = '  - sh uses bpf: BPF_PROG_LOAD\n    repeat: 4000\n';
    const text = `story: x\nactors: { sh: sh }\nsteps:\n${opened}  - ${step}\n    repeat: 300000\n`;
    expect(readScenario(new Source('story', text)).diagnostics.map(({ code }) => code)).toEqual([
      'LIMIT_SCENARIO_FILES',
    ]);
  });

  it('ends at the limit of steps, however groups are put into groups', () => {
    const inner = '{ repeat: 50000, steps: [sh forks] }';
    const text = `story: x\nactors: { sh: sh }\nsteps:\n${`  - { repeat: 3, steps: [${inner}] }\n`.repeat(15_000)}`;
    expect(readScenario(new Source('story', text)).diagnostics.map(({ code }) => code)).toEqual([
      'LIMIT_SCENARIO_STEPS',
    ]);
  });

  it('finds the socket that listens among thousands of files', () => {
    const text =
      'story: x\nactors: { sh: sh }\nsteps:\n  - sh uses bpf: BPF_PROG_LOAD\n    repeat: 4000\n' +
      '  - sh listens on: 0.0.0.0:80\n  - sh accepts: 192.0.2.1:1\n    repeat: 100000\n';
    expect(readScenario(new Source('story', text)).diagnostics).toEqual([]);
  });

  it('does not follow shells that call shells for ever', () => {
    const nested = Array.from({ length: 60 }, () => 'sh -c ').join('');
    const text = `story: x\nactors: { a: sh }\nsteps:\n  - a runs: [sh, -c, "${nested}id"]\n`;
    expect(readScenario(new Source('story', text)).diagnostics).toEqual([]);
  });
});
