import { describe } from '../../../../engine/describe.ts';
import { compareRules } from './compare-rules.ts';
import { Desk } from './desk.ts';
import { Pace, Stale } from './pace.ts';
import type { Question, Reply, RequestName, Requests } from './protocol.ts';

const desk = new Desk();
/** The newest request of each name: an older one that still runs is given up. */
const newest = new Map<RequestName, number>();
/** One thing is done at a time. */
let line: Promise<void> = Promise.resolve();

const ANSWERS: {
  readonly [Name in RequestName]: (
    give: Requests[Name]['give'],
    pace: Pace,
    tell: (progress: number) => void,
  ) => unknown;
} = {
  open: (choice, pace) => desk.open(choice, pace),
  judge: ({ rules, matching }, pace) => desk.judge(rules, matching, pace),
  define: () => desk.define(),
  describe: () => ({ fields: describe('fields'), events: describe('events'), operators: describe('operators') }),
  explain: ({ event, rule }, pace) => desk.explain({ event, ...(rule !== undefined && { rule }) }, pace),
  misses: ({ rule }, pace) => desk.explain({ rule }, pace),
  values: ({ event }, pace) => desk.values(event, pace),
  compare: (comparison, pace, tell) => compareRules(comparison, pace, tell),
  filter: ({ condition }, pace) => desk.filter(condition, pace),
  rows: ({ places }) => desk.rows(places),
};

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  newest.set(data.name, data.id);
  line = line.then(() => answer(data));
});

async function answer({ id, name, give }: Question): Promise<void> {
  const isStale = () => newest.get(name) !== id;
  try {
    if (isStale()) throw new Stale();
    const handler = ANSWERS[name] as (give: unknown, pace: Pace, tell: (progress: number) => void) => unknown;
    const tell = (progress: number): void => reply({ id, progress });
    reply({ id, get: (await handler(give, new Pace(isStale), tell)) as Requests[RequestName]['get'] });
  } catch (error) {
    if (error instanceof Stale) reply({ id, stale: true });
    else reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function reply(message: Reply): void {
  postMessage(message);
}
