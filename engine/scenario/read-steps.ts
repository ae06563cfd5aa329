import { spanOf, type Node } from '../document/node.ts';
import type { Fields, NodeReader } from '../document/reading.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { MAX_SCENARIO_EVENTS, MAX_SCENARIO_STEPS } from '../model/limits.ts';
import type { Span } from '../model/source.ts';
import { duration } from './language/duration.ts';
import { result } from './language/errno.ts';
import { defaulted, optional, type Keys } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { integer, name, refuse } from './language/scalars.ts';
import { unseen } from './language/unseen.ts';
import { isGroup, readGroup, type StepBudget } from './read-group.ts';
import type { Step } from './scenario.ts';
import type { Unseen } from './stage/losses.ts';
import { isSentence, readSentence, type Sentence } from './sentence.ts';

/** Keys that every step may have. */
export const STEP_KEYS = {
  after: defaulted<bigint>(duration, 0n, 'Time that passes before it, such as 5s or 200ms.'),
  repeat: defaulted<number>(integer(1, MAX_SCENARIO_EVENTS), 1, 'How often it is done.'),
  every: defaulted<bigint>(duration, 0n, 'Time between repetitions.'),
  unseen: defaulted<Unseen>(
    unseen,
    'no',
    "Whether it stays unseen: 'yes' when the probe's buffer is full and its events are lost, 'sampled' in drop mode, of which events tell.",
  ),
} satisfies Keys;

/** The key of a step that makes something. */
export const AS_KEY = { as: optional<ByteString>(name, 'The name that later steps call it by.') } satisfies Keys;
/** The key of a step whose syscall can fail. */
export const RESULT_KEY = {
  result: defaulted<number>(result, 0, 'How it ends: success, or the name of an error such as EACCES.'),
} satisfies Keys;

/** Reads `steps`. What can't be read is reported; the names that such a step would have given are in `doomed`. */
export function readSteps(reader: NodeReader, node: Node, doomed: Set<ByteString>): readonly Step[] {
  return readList(reader, node, doomed, { steps: MAX_SCENARIO_STEPS });
}

function readList(reader: NodeReader, node: Node, doomed: Set<ByteString>, budget: StepBudget): readonly Step[] {
  return (reader.items(node, "'steps'") ?? []).flatMap((item) => {
    if (isGroup(item)) return readGroup(reader, item, budget, (inside) => readList(reader, inside, doomed, budget));
    const before = reader.diagnostics.length;
    const step = readStep(reader, item);
    if (step !== undefined && reader.diagnostics.length === before) return [step];
    const as = step?.as ?? nameGiven(item);
    if (as !== undefined) doomed.add(as);
    return [];
  });
}

function readStep(reader: NodeReader, item: Node): Step | undefined {
  const sentence = readSentence(reader, item);
  if (sentence === undefined) return undefined;
  const { verb } = sentence;
  const own = { ...STEP_KEYS, ...(verb.names && AS_KEY), ...(verb.canFail && RESULT_KEY) };
  const keys: Keys = { ...verb.keys, ...own };
  const fields = fieldsOf(reader, item, sentence, keys);
  const values = fields === undefined ? withoutKeys(reader, item, sentence, keys) : readKeys(reader, fields, keys);
  const object = readObject(reader, item, sentence);
  if (values === undefined) return undefined;
  const { as, after, repeat, every, unseen: lost, result: ends } = values as unknown as StepValues;
  if (as !== undefined && repeat > 1)
    refuse(reader, item, "'as' can't name what is made more than once", "leave out 'repeat'");
  const spans = spansOf(item, sentence);
  const { subject } = sentence;
  return {
    verb,
    subject,
    object,
    keys: values,
    as,
    after,
    repeat,
    every,
    unseen: lost,
    result: ends ?? 0,
    span: spanOf(item),
    spans,
  };
}

interface StepValues {
  readonly as: ByteString | undefined;
  readonly after: bigint;
  readonly repeat: number;
  readonly every: bigint;
  readonly unseen: Unseen;
  readonly result: number | undefined;
}

function fieldsOf(reader: NodeReader, item: Node, sentence: Sentence, keys: Keys): Fields | undefined {
  if (item.kind !== 'mapping') return undefined;
  const written = item.pairs.flatMap(({ key }) => (isSentence(key) ? [key.text] : []));
  return reader.fields(item, `a step that says '${sentence.verb.words}'`, [...Object.keys(keys), ...written]);
}

/** A sentence alone has no keys; those that are required are missing then. */
function withoutKeys(
  reader: NodeReader,
  item: Node,
  { verb }: Sentence,
  keys: Keys,
): Record<string, unknown> | undefined {
  const missing = Object.entries(keys).find(([, key]) => key.required);
  if (missing !== undefined) return refuse(reader, item, `'${verb.words}' needs '${missing[0]}'`, verb.example);
  return Object.fromEntries(Object.entries(keys).map(([key, { fallback }]) => [key, fallback]));
}

function readObject(reader: NodeReader, item: Node, { verb, object }: Sentence): unknown {
  if (object === undefined) {
    if (verb.objectRule !== 'required') return undefined;
    return reader.fail(
      'SCENARIO_SENTENCE',
      item,
      `'${verb.words}' needs something after the colon`,
      `for instance ${verb.example}`,
    );
  }
  if (verb.objectRule !== 'none') return verb.object.read(reader, object, `what '${verb.words}' takes`);
  return reader.fail('SCENARIO_SENTENCE', object, `'${verb.words}' takes nothing`, `for instance ${verb.example}`);
}

function spansOf(item: Node, sentence: Sentence): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>([['subject', sentence.subjectSpan]]);
  if (sentence.object !== undefined) spans.set('object', spanOf(sentence.object));
  for (const { key, value } of item.kind === 'mapping' ? item.pairs : []) {
    if (key.kind === 'scalar' && value !== sentence.object) spans.set(toUnicode(key.text), spanOf(value));
  }
  return spans;
}

function nameGiven(item: Node): ByteString | undefined {
  const pair =
    item.kind === 'mapping' ? item.pairs.find(({ key }) => key.kind === 'scalar' && key.text === 'as') : undefined;
  return pair?.value.kind === 'scalar' ? pair.value.text : undefined;
}
