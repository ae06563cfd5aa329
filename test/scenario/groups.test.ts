import { dump } from 'js-yaml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { play } from '../../engine/scenario/play.ts';
import { JsonlWriter } from '../../engine/trace/jsonl/jsonl-writer.ts';

interface Sentence {
  readonly [key: string]: unknown;
  readonly after?: string;
}
interface Group {
  readonly steps: readonly Item[];
  readonly repeat?: number;
  readonly after?: string;
  readonly every?: string;
}
type Item = Sentence | Group;

const length = fc.integer({ min: 0, max: 90_000 }).map((seconds) => `${seconds}s`);
const sentence = fc
  .tuple(
    fc.constantFrom(
      { 'a opens': '/etc/passwd' },
      { 'a runs': 'sh -c id' },
      { 'a connects to': '10.0.0.7:22' },
      { 'a makes directory': '/tmp/x' },
      { 'a changes directory': '/tmp' },
    ),
    fc.option(length, { nil: undefined }),
  )
  .map(([step, after]): Sentence => ({ ...step, ...(after !== undefined && { after }) }));

const { item } = fc.letrec<{ item: Item; group: Item }>((tie) => ({
  item: fc.oneof({ depthSize: 'small', withCrossShrink: true }, sentence, tie('group')),
  group: fc.record(
    {
      steps: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
      repeat: fc.integer({ min: 1, max: 3 }),
      after: length,
      every: length,
    },
    { requiredKeys: ['steps'] },
  ),
}));

const seconds = (text: unknown) => (typeof text === 'string' ? Number(text.slice(0, -1)) : 0);

/** The steps as they are without groups. */
function writtenOut(step: Item): Sentence[] {
  if (!('steps' in step)) return [step as Sentence];
  const { steps, repeat = 1, after, every } = step as Group;
  const flat = steps.flatMap(writtenOut);
  return Array.from({ length: repeat }, (_, round) => {
    const [first = {}, ...rest] = flat;
    const more = seconds(first.after) + seconds(round === 0 ? after : every);
    return [{ ...first, after: `${more}s` }, ...rest];
  }).flat();
}

/** Each event as a line of JSON. */
function played(steps: readonly unknown[]): string[] {
  const text = dump({ story: 'x', actors: { a: '/bin/a' }, steps });
  const { scenario, diagnostics } = readScenario(new Source('story', text));
  expect(diagnostics).toEqual([]);
  const chunks: Uint8Array[] = [];
  const writer = new JsonlWriter((bytes) => void chunks.push(bytes));
  if (scenario !== undefined) play(scenario, writer);
  writer.end();
  return Buffer.concat(chunks).toString().split('\n');
}

describe('groups of steps', () => {
  it('play as their steps do, written out', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), (steps) => {
        expect(played(steps)).toEqual(played(steps.flatMap(writtenOut)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('events that are lost', () => {
  const numberless = (lines: readonly string[]) => lines.map((line) => line.replace(/"num":\d+,?/, ''));

  it('are the only thing that is different of a story with a step that stays unseen', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 5 }), fc.nat(4), (steps, at) => {
        const lost = at % steps.length;
        const whole = numberless(played(steps));
        const rest = numberless(played(steps.map((step, i) => (i === lost ? { ...step, unseen: 'yes' } : step))));
        let next = 0;
        for (const line of rest) {
          next = whole.indexOf(line, next);
          expect(next).not.toBe(-1);
          next++;
        }
        expect(rest.length).toBeLessThan(whole.length);
      }),
      { numRuns: 150 },
    );
  });
});
