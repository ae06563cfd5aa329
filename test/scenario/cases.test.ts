import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { play } from '../../engine/scenario/play.ts';
import { readCases } from '../../engine/scenario/read-cases.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { JsonlWriter } from '../../engine/trace/jsonl/jsonl-writer.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';

function storyWith(cases: unknown): Source {
  const rest = {
    story: 'A ${shell} reads ${file}',
    upstream: ['rule of ${shell}'],
    actors: { a: '/bin/a' },
    steps: [{ 'a runs': '${shell} -c "cat ${file} $${HOME}"', as: 'shell' }, { 'shell opens': '${file}' }],
    expect: [{ alert: 'Read', contains: '${file}' }],
  };
  return new Source('story.yaml', dump({ cases, ...rest }));
}

function played(scenario: Scenario): string {
  const chunks: Uint8Array[] = [];
  const writer = new JsonlWriter((bytes) => void chunks.push(bytes));
  play(scenario, writer);
  writer.end();
  return Buffer.concat(chunks).toString();
}

const VECTOR = [
  { shell: 'bash', file: '/etc/shadow' },
  { shell: 'sh', file: '/etc/sudoers' },
];

describe('cases of a scenario', () => {
  it.each([
    ['a list', VECTOR],
    ['a vector', { vector: VECTOR }],
  ])('are those of %s, in order', (_, cases) => {
    const read = readCases(storyWith(cases));
    expect(read.diagnostics).toEqual([]);
    expect(read.cases.map(({ name, scenario }) => [name, scenario.story])).toEqual([
      ['shell=bash, file=/etc/shadow', 'A bash reads /etc/shadow'],
      ['shell=sh, file=/etc/sudoers', 'A sh reads /etc/sudoers'],
    ]);
  });

  it('are all combinations of a matrix, the last name changing fastest', () => {
    const { cases } = readCases(storyWith({ matrix: { shell: ['bash', 'sh'], file: ['/a', '/b'] } }));
    expect(cases.map(({ name }) => name)).toEqual([
      'shell=bash, file=/a',
      'shell=bash, file=/b',
      'shell=sh, file=/a',
      'shell=sh, file=/b',
    ]);
  });

  it('put their values into every part, expectations and upstream rules included', () => {
    const [first] = readCases(storyWith(VECTOR)).cases;
    expect(first?.scenario).toMatchObject({
      upstream: ['rule of bash'],
      expectations: [{ contains: ['/etc/shadow'] }],
    });
    expect(first?.scenario.steps.map(({ object }) => object)).toEqual([
      ['bash', '-c', 'cat /etc/shadow ${HOME}'],
      '/etc/shadow',
    ]);
  });

  it('are one without a name where the file has none', () => {
    const read = readCases(new Source('story.yaml', 'story: x ${y}\nactors: {a: a}\nsteps: [a forks]\n'));
    expect(read.cases.map(({ name, scenario }) => [name, scenario.story])).toEqual([['', 'x ${y}']]);
  });

  it('are read one at a time by name, the first one without', () => {
    const source = storyWith(VECTOR);
    const names = ['shell=bash, file=/etc/shadow', 'shell=sh, file=/etc/sudoers'];
    expect(readScenario(source)).toMatchObject({ cases: names, scenario: { story: 'A bash reads /etc/shadow' } });
    expect(readScenario(source, { case: names[1] }).scenario?.story).toBe('A sh reads /etc/sudoers');
  });

  it('that do not exist are refused with one that does', () => {
    const { scenario, diagnostics } = readScenario(storyWith(VECTOR), { case: 'shell=sh, file=/etc/sudoer' });
    expect(scenario).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: 'SCENARIO_UNKNOWN_CASE', hint: "for instance 'shell=sh, file=/etc/sudoers'" },
    ]);
  });

  it('tell a mistake of all of them once, and one of some with the first', () => {
    const text = (file: string, second: string) =>
      `story: \${file}\ncases: [{ file: /a }, { file: ${second} }]\nactors: { a: a }\nsteps:\n  - a opens: ${file}\n`;
    const messages = (body: string) => readCases(new Source('s', body)).diagnostics.map(({ message }) => message);
    expect(messages(text('{}', '/b'))).toEqual(["what 'opens' takes must be a single value, this is a mapping"]);
    expect(messages(text('${file}', '""'))).toEqual(["what 'opens' takes must be a path (case file=)"]);
  });

  it('that are sound are given beside those that are not', () => {
    const text = 'story: ${f}\ncases: [{ f: /a }, { f: "" }]\nactors: { a: a }\nsteps: [{ a opens: "${f}" }]\n';
    expect(readCases(new Source('s', text)).cases.map(({ name }) => name)).toEqual(['f=/a']);
  });

  it('play as the story does in which their values are written', () => {
    const word = fc.stringMatching(/^[a-z/.][a-z0-9/. "'$-]{0,12}$/);
    fc.assert(
      fc.property(word, word, (shell, file) => {
        const story = (one: string, two: string) => ({
          story: `x ${one} ${two}`,
          actors: { a: { runs: [one, two] } },
          steps: [{ 'a runs': [one, `-c ${two} ${one}`] }, { 'a opens': two }],
        });
        const cases = dump({ ...story('${shell}', '${file}'), cases: [{ shell, file }] });
        const [filled] = readCases(new Source('s', cases)).cases;
        const { scenario: plain } = readScenario(new Source('s', dump(story(shell, file))));
        expect(filled && played(filled.scenario)).toEqual(plain && played(plain));
      }),
      { numRuns: 100 },
    );
  });
});

describe('cases that want too much', () => {
  const codes = (text: string) => readCases(new Source('s', text)).diagnostics.map(({ code }) => code);
  const steps = 'actors: { a: a }\nsteps: [{ a opens: "/${x}" }]\n';

  it.each([
    ['a thousand and one', `story: x\ncases: [${'{x: 1}, '.repeat(1001)}]\n${steps}`],
    [
      'a matrix of a million',
      `story: x\ncases:\n  matrix:\n    x: &v [${[...Array(1000).keys()]}]\n    y: *v\n${steps}`,
    ],
    [
      'a long story in many cases',
      `story: x\ncases: [${Array.from({ length: 900 }, (_, i) => `{x: ${i}}`)}]\nactors: { a: [${'a, '.repeat(2000)}] }\nsteps: [{ a opens: "/\${x}" }]\n`,
    ],
    ['long values used often', `story: ${'${x}'.repeat(1000)}\ncases: [{ x: ${'y'.repeat(10_000)} }]\n${steps}`],
    [
      'many events in all',
      `story: x\ncases: [${Array.from({ length: 9 }, (_, i) => `{x: ${i}}`)}]\nactors: { a: a }\nsteps: [{ a opens: "/\${x}", repeat: 200000 }]\n`,
    ],
  ])('are refused: %s', (_, text) => {
    expect(codes(text)).toEqual(['LIMIT_SCENARIO_CASES']);
  });
});
