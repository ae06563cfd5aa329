import { spanOf, type Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { PRIORITIES, priorityOf, type Priority } from '../model/priority.ts';
import type { Span } from '../model/source.ts';
import { list, mapOf } from './language/collections.ts';
import { duration } from './language/duration.ts';
import { defaulted, optional, required, type Keys, type Kind, type ValuesOf } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { integer, name, prose, refuse } from './language/scalars.ts';

/** How often something must happen; both bounds included. */
export interface Count {
  readonly least: number;
  readonly most: number;
}

/** Which alerts are meant. Texts are ordinary text, as alerts are shown. */
export interface AlertPattern {
  readonly rule: string;
  /** Only alerts of this actor's process count. */
  readonly by: ByteString | undefined;
  /** The whole message, with or without time and priority. */
  readonly output: string | undefined;
  /** Parts that the message must have. */
  readonly contains: readonly string[];
  readonly priority: Priority | undefined;
  /** Values of output fields, as texts. */
  readonly fields: ReadonlyMap<ByteString, string>;
  /** Nanoseconds since the first event: not earlier than the first, not later than the second. */
  readonly window: readonly [from: bigint, until: bigint] | undefined;
  readonly span: Span;
}

/** A rule must fire. */
export interface AlertExpectation extends AlertPattern {
  readonly kind: 'alert';
  readonly count: Count;
}

/** What a story promises of its alerts. */
export type Expectation =
  | AlertExpectation
  /** This rule must stay silent, or at least raise no such alert. */
  | (AlertPattern & { readonly kind: 'no alert' })
  /** These must come one after the other; others may come between. */
  | { readonly kind: 'in order'; readonly alerts: readonly AlertPattern[]; readonly span: Span }
  /** So many alerts in all. */
  | { readonly kind: 'alerts'; readonly count: number; readonly span: Span }
  /** Only rules that an `alert` or `in order` names may fire. */
  | { readonly kind: 'no other alerts'; readonly span: Span };

/** More alerts than this are not expected of one rule. */
export const MANY = 1_000_000;

const priority: Kind<Priority> = {
  schema: { enum: [...PRIORITIES.map((word) => word.toUpperCase()), ...PRIORITIES] },
  read: (reader, node, what) => {
    const word = reader.text(node, what);
    if (word === undefined) return undefined;
    return (
      priorityOf(word) ??
      refuse(reader, node, `${what} can't be '${toUnicode(word)}'`, `one of ${PRIORITIES.join(', ')}`)
    );
  },
};

/** One length of time, or two: from, until. */
const window: Kind<readonly bigint[]> = {
  schema: {
    anyOf: [duration.schema, { type: 'array', items: duration.schema, minItems: 2, maxItems: 2 }],
  },
  read: (reader, node, what) => {
    const times = list(duration).read(reader, node, what);
    if (times === undefined || times.length === 1 || times.length === 2) return times;
    return refuse(reader, node, `${what} is one length of time, or two: from, until`, 'for instance [2s, 5s]');
  },
};

const PATTERN_KEYS = {
  by: optional<ByteString>(name, 'Only alerts of this actor count.'),
  output: optional<string>(prose, 'The whole output of the rule, with or without time and priority.'),
  contains: defaulted<readonly string[]>(list(prose), [], 'Parts that the output must have: one, or a list.'),
  priority: optional<Priority>(priority, 'Priority of the alert.'),
  fields: defaulted<ReadonlyMap<ByteString, string>>(
    mapOf(prose),
    new Map(),
    'Values of fields in the output, by name.',
  ),
  after: optional<bigint>(duration, 'Not earlier than so long after the first event.'),
  before: optional<bigint>(duration, 'Not later than so long after the first event.'),
  within: optional<readonly bigint[]>(window, 'Within so long of the first event, or between two times: [2s, 5s].'),
} satisfies Keys;

const NAMED_KEYS = { alert: required<string>(prose, 'Name of the rule that must fire.'), ...PATTERN_KEYS };

/** Keys of an item that expects an alert. */
export const ALERT_KEYS = {
  ...NAMED_KEYS,
  exactly: optional<number>(integer(0, MANY), 'How often exactly. Without this and the next three: once.'),
  times: optional<number>(integer(0, MANY), 'The same as exactly.'),
  'at least': optional<number>(integer(0, MANY), 'How often at least.'),
  'at most': optional<number>(integer(0, MANY), 'How often at most.'),
} satisfies Keys;

/** Keys of an item that forbids an alert. */
export const NO_ALERT_KEYS = {
  'no alert': required<string>(prose, 'Name of a rule that must not fire.'),
  ...PATTERN_KEYS,
} satisfies Keys;

/** Keys of an item that counts. */
export const ALERTS_KEYS = {
  alerts: required<number>(integer(0, MANY), 'How many alerts there are in all.'),
} satisfies Keys;

/** Rules by their names, or alerts as after `alert`, save that each is one. */
const sequence: Kind<readonly AlertPattern[]> = {
  schema: {},
  read: (reader, node, what) => {
    const alerts = reader.items(node, what)?.map((item) => readOrdered(reader, item));
    if (alerts === undefined || alerts.some((alert) => alert === undefined)) return undefined;
    if (alerts.length < 2) return refuse(reader, node, `${what} needs at least two alerts`);
    return alerts as AlertPattern[];
  },
};

/** Keys of an item that says in which order alerts come. */
export const IN_ORDER_KEYS = {
  'in order': required<readonly AlertPattern[]>(
    sequence,
    'Alerts that must come one after the other: names of rules, or alerts as above without a count.',
  ),
} satisfies Keys;

/** Keys of an alert in that list. */
export const ORDERED_KEYS: Keys = NAMED_KEYS;

/** The item that is written without a value. */
export const NO_OTHER_ALERTS = 'no other alerts';

/** Reads the list under `expect`. */
export const expectations: Kind<readonly Expectation[]> = {
  schema: {},
  read: (reader, node, what) => reader.items(node, what)?.flatMap((item) => readExpectation(reader, item) ?? []),
};

function readExpectation(reader: NodeReader, node: Node): Expectation | undefined {
  const span = spanOf(node);
  if (node.kind === 'scalar' || has(node, NO_OTHER_ALERTS)) {
    const words = node.kind === 'scalar' ? node.text.trim() : NO_OTHER_ALERTS;
    if (words === NO_OTHER_ALERTS) return { kind: NO_OTHER_ALERTS, span };
    const hint = `'alert: RULE', 'no alert: RULE' or '${NO_OTHER_ALERTS}'`;
    return refuse(reader, node, `an expectation can't be '${toUnicode(words)}'`, hint);
  }
  if (has(node, 'in order')) {
    const values = read(reader, node, IN_ORDER_KEYS);
    return values && { kind: 'in order', alerts: values['in order'], span };
  }
  if (has(node, 'no alert')) {
    const values = read(reader, node, NO_ALERT_KEYS);
    return values && { kind: 'no alert', ...patternOf(reader, node, values['no alert'], values) };
  }
  if (has(node, 'alerts') && !has(node, 'alert')) {
    const values = read(reader, node, ALERTS_KEYS);
    return values && { kind: 'alerts', count: values.alerts, span };
  }
  return readAlert(reader, node);
}

function readAlert(reader: NodeReader, node: Node): Expectation | undefined {
  const values = read(reader, node, ALERT_KEYS);
  if (values === undefined) return undefined;
  const { times, exactly = times, 'at least': least, 'at most': most } = values;
  if (exactly !== undefined && (least !== undefined || most !== undefined)) {
    return refuse(reader, node, "'exactly' says how often: 'at least' and 'at most' can't stand beside it");
  }
  const bounded = least !== undefined || most !== undefined;
  const count = bounded ? { least: least ?? 0, most: most ?? MANY } : { least: exactly ?? 1, most: exactly ?? 1 };
  if (count.least > count.most) return refuse(reader, node, "'at least' is more than 'at most'");
  return { kind: 'alert', count, ...patternOf(reader, node, values.alert, values) };
}

function readOrdered(reader: NodeReader, item: Node): AlertPattern | undefined {
  if (item.kind === 'scalar') return patternOf(reader, item, toUnicode(item.text).trim(), undefined);
  const values = read(reader, item, NAMED_KEYS);
  return values && patternOf(reader, item, values.alert, values);
}

function read<K extends Keys>(reader: NodeReader, node: Node, keys: K): ValuesOf<K> | undefined {
  const fields = reader.fields(node, 'an expectation', Object.keys(keys));
  return fields && readKeys(reader, fields, keys);
}

function patternOf(
  reader: NodeReader,
  node: Node,
  rule: string,
  values: ValuesOf<typeof PATTERN_KEYS> | undefined,
): AlertPattern {
  const { by, output, contains = [], priority: grade, fields = new Map() } = values ?? {};
  const window = values && windowOf(reader, node, values);
  return { rule, by, output, contains, priority: grade, fields, window, span: spanOf(node) };
}

function windowOf(
  reader: NodeReader,
  node: Node,
  { after, before, within }: ValuesOf<typeof PATTERN_KEYS>,
): AlertPattern['window'] {
  if (after === undefined && before === undefined && within === undefined) return undefined;
  if (within !== undefined && (after !== undefined || before !== undefined)) {
    return refuse(reader, node, "'within' is a window: 'after' and 'before' can't stand beside it");
  }
  const [one, other] = within ?? [];
  const from = after ?? (other === undefined ? 0n : (one as bigint));
  const until = before ?? other ?? one ?? MAX_TIME;
  if (from <= until) return [from, until];
  return refuse(reader, node, 'the window ends before it begins');
}

/** Later than any event of a trace is after its first. */
const MAX_TIME = 1n << 63n;

function has(node: Node, key: string): boolean {
  return node.kind === 'mapping' && node.pairs.some((pair) => pair.key.kind === 'scalar' && pair.key.text === key);
}
