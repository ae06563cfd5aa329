import fc from 'fast-check';
import type { Condition, Leaf } from '../../engine/compare/condition.ts';
import type { Subject } from '../../engine/fields/field.ts';
import type { Check } from '../../engine/filter/ast.ts';
import { Event } from '../../engine/model/event.ts';
import type { Text } from '../../engine/model/text.ts';
import { Clock } from '../../engine/state/clock.ts';
import { File } from '../../engine/state/file.ts';
import { Moment } from '../../engine/state/moment.ts';
import type { System } from '../../engine/state/system.ts';
import { ThreadTable } from '../../engine/state/thread-table.ts';

/** Event codes that the made-up moments have; the leaves about the event type tell them apart. */
export const CODES: readonly number[] = [2, 3, 4, 5, 6];
/** A code on which leaves about the event type have to look at the event. */
const VARYING: ReadonlySet<number> = new Set([6]);

/** Whatever decides it, a made-up leaf says yes where this does. */
function coin(...parts: readonly (string | number)[]): boolean {
  let hash = 17;
  for (const character of parts.join(' ')) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return (hash & 64) !== 0;
}

/** Made-up leaves: three of each subject, and some that are absent on some event types. */
export function madeUpLeaves(): Leaf[] {
  const made = (subject: Subject, number: number, rest: Pick<Leaf, 'decide'> & Partial<Leaf>): Leaf => ({
    kind: 'leaf',
    check: {} as Check,
    key: `${subject} ${number}`,
    // The matcher asks for numbers before it asks for texts.
    field: { name: `evt.${number}`, type: number % 2 === 0 ? 'UINT64' : 'CHARBUF' } as Leaf['field'],
    right: undefined,
    subject,
    eventTypes: undefined,
    variesOn: undefined,
    column: undefined,
    inOrder: false,
    ...rest,
  });
  const name = ({ file }: Moment): Text | undefined => file?.name;
  const rawName = ({ file }: Moment): Text | undefined => file?.rawName;
  const aboutText = (subject: Subject, column: (moment: Moment) => Text | undefined, i: number): Leaf => {
    const decideText = (text: string) => coin(subject, i, text);
    const decide = (moment: Moment) => {
      const text = column(moment);
      return text !== undefined && decideText(text.value);
    };
    return made(subject, i, { column, decideText, decide });
  };
  const leaves = [0, 1, 2].flatMap((i) => [
    made('thread', i, { decide: ({ thread }) => thread !== undefined && coin('thread', i, thread.comm) }),
    aboutText('text:name', name, i),
    aboutText('text:raw', rawName, i),
    made('event', i, { decide: ({ event }) => coin('event', i, event.num) }),
    made('type', i, {
      decide: ({ event }) => (VARYING.has(event.type) ? coin(i, event.num) : coin('type', i, event.type)),
      decideType: (code) => coin('type', i, code),
      variesOn: VARYING,
    }),
  ]);
  const partial = new Set([3, 5]);
  const narrowed = leaves.slice(0, 5).map((leaf) => ({
    ...leaf,
    key: `${leaf.key} narrowed`,
    eventTypes: partial,
    decide: (moment: Moment) => partial.has(moment.event.type) && leaf.decide(moment),
  }));
  return [...leaves, ...narrowed];
}

/** Conditions over the made-up leaves. */
export function arbitraryCondition(): fc.Arbitrary<Condition> {
  const leaves = madeUpLeaves();
  return fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.constantFrom<Condition>(...leaves),
      tie('condition').map((child): Condition => ({ kind: 'not', child })),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('condition'), { maxLength: 4 }))
        .map(([kind, children]): Condition => ({ kind, children })),
    ),
  })).condition;
}

/** What happens next: a thread changes, exits or comes back, or an event. */
export type Step =
  | { readonly kind: 'change' | 'exit'; readonly tid: number; readonly comm: string }
  | { readonly kind: 'event'; readonly tid: number; readonly code: number; readonly name: number | undefined };

/** A story of steps over a few threads, names and event types. */
export const arbitraryStory: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('change' as const, 'exit' as const),
        tid: fc.nat(3),
        comm: fc.constantFrom('a', 'b', 'c'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('event' as const),
        tid: fc.nat(3),
        code: fc.constantFrom(...CODES),
        name: fc.option(fc.nat(3), { nil: undefined }),
      }),
    },
  ),
  { maxLength: 60 },
);

/** Lets the steps happen and calls back at every event. The last name has id 0: it is not remembered. */
export function playStory(steps: readonly Step[], atMoment: (moment: Moment) => void): void {
  const threads = new ThreadTable(new Clock());
  const moment = new Moment({ threads } as System);
  let num = 0;
  for (const step of steps) {
    if (step.kind === 'event') {
      moment.event = new Event();
      moment.event.num = ++num;
      moment.event.type = step.code;
      moment.thread = threads.get(step.tid);
      moment.file = step.name === undefined ? undefined : fileOf(step.name);
      atMoment(moment);
      continue;
    }
    const known = threads.get(step.tid);
    if (step.kind === 'exit') {
      if (known !== undefined) threads.remove(step.tid);
    } else if (known === undefined) {
      const thread = threads.create(step.tid);
      Object.assign(thread, { pid: step.tid, ptid: (step.tid + 1) % 4, comm: step.comm });
      threads.add(thread);
    } else {
      known.comm = step.comm;
      known.changed();
    }
  }
}

function fileOf(number: number): File {
  const file = new File(3, 'file');
  file.name = { id: number, value: `name ${number}` };
  file.rawName = { id: (number + 1) % 4, value: `raw ${number}` };
  return file;
}
