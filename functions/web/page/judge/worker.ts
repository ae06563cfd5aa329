import { Desk } from './desk.ts';
import type { NodeDesk } from './node-desk.ts';
import { Pace, Stale } from './pace.ts';
import type { Question, Reply, RequestName, Requests } from './protocol.ts';

const desk = new Desk();
let node: NodeDesk | undefined;
/** The newest request of each name: an older one that still runs is given up. */
const newest = new Map<RequestName, number>();
/** Counts what was asked. */
let asked = 0;
/** Milliseconds without a request after which there is time for other work. */
const IDLE_MS = 250;
let timer: ReturnType<typeof setTimeout> | undefined;
/** One thing is done at a time. */
let line: Promise<void> = Promise.resolve();

// What the first verdict does not need is code of its own, which comes when it is asked for.
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
  format: async ({ text }) => {
    const { formatRules } = await import('./format-rules.ts');
    return formatRules(text);
  },
  describe: async () => {
    const { describe } = await import('../../../../engine/describe.ts');
    return { fields: describe('fields'), events: describe('events'), operators: describe('operators') };
  },
  explain: ({ event, rule }, pace) => desk.explain({ event, ...(rule !== undefined && { rule }) }, pace),
  misses: ({ rule }, pace) => desk.explain({ rule }, pace),
  values: ({ event }, pace) => desk.values(event, pace),
  compare: async (comparison, pace, tell) => {
    const { compareRules } = await import('./compare-rules.ts');
    return compareRules(comparison, pace, tell);
  },
  filter: ({ condition }, pace) => desk.filter(condition, pace),
  rows: ({ places }) => desk.rows(places),
  practice: async (choice) => (await import('./practice.ts')).openPractice(choice),
  grade: async (handedIn) => (await import('./practice.ts')).gradePractice(handedIn),
  machine: async ({ files }) => (await import('./machine-rules.ts')).machineRules(files),
  node: async (opening) => {
    const { NodeDesk } = await import('./node-desk.ts');
    node ??= new NodeDesk();
    return node.open(opening);
  },
  act: (act) => {
    if (node === undefined) throw new Error('no node is open');
    return node.act(act);
  },
  exam: async (sat, _pace, tell) => (await import('./practice-exam.ts')).gradeExam(sat, tell),
  record: async ({ task, trace }) => (await import('./practice.ts')).recordPractice(task, trace),
};

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  newest.set(data.name, data.id);
  asked++;
  line = line.then(() => answer(data));
  clearTimeout(timer);
  timer = setTimeout(() => (line = line.then(idle)), IDLE_MS);
});

/** Does what can be done ahead, until something is asked. */
async function idle(): Promise<void> {
  const before = asked;
  try {
    await desk.idle(new Pace(() => asked !== before));
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
  }
}

async function answer({ id, name, give }: Question): Promise<void> {
  // What is typed on a node is done, whatever is typed after it.
  const isStale = () => name !== 'act' && newest.get(name) !== id;
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
