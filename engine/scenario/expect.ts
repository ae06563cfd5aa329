import { spanOf, type Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import type { ByteString } from '../model/byte-string.ts';
import { PRIORITIES, priorityOf, type Priority } from '../model/priority.ts';
import type { Span } from '../model/source.ts';
import { list, mapOf } from './language/collections.ts';
import { defaulted, optional, required, type Keys, type Kind } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { integer, name, prose, refuse } from './language/scalars.ts';

/** How often something must happen; both bounds included. */
interface Count {
  readonly least: number;
  readonly most: number;
}

/** A rule must fire. Texts are ordinary text, as alerts are shown. */
export interface AlertExpectation {
  readonly kind: 'alert';
  readonly rule: string;
  /** Only alerts of this actor's process count. */
  readonly by: ByteString | undefined;
  readonly count: Count;
  /** The whole message, without time and priority. */
  readonly output: string | undefined;
  /** Parts that the message must have. */
  readonly contains: readonly string[];
  readonly priority: Priority | undefined;
  /** Values of output fields, as texts. */
  readonly fields: ReadonlyMap<ByteString, string>;
  readonly span: Span;
}

/** What a story promises of its alerts. */
export type Expectation =
  | AlertExpectation
  /** This rule must stay silent. */
  | { readonly kind: 'no alert'; readonly rule: string; readonly span: Span }
  /** So many alerts in all. */
  | { readonly kind: 'alerts'; readonly count: number; readonly span: Span }
  /** Only rules that an `alert` names may fire. */
  | { readonly kind: 'no other alerts'; readonly span: Span };

/** More alerts than this are not expected of one rule. */
const MANY = 1_000_000;

const priority: Kind<Priority> = {
  schema: { enum: [...PRIORITIES.map((word) => word.toUpperCase()), ...PRIORITIES] },
  read: (reader, node, what) => {
    const word = reader.text(node, what);
    if (word === undefined) return undefined;
    return priorityOf(word) ?? refuse(reader, node, `${what} can't be '${word}'`, `one of ${PRIORITIES.join(', ')}`);
  },
};

/** Keys of an item that expects an alert. */
export const ALERT_KEYS = {
  alert: required<string>(prose, 'Name of the rule that must fire.'),
  by: optional<ByteString>(name, 'Only alerts of this actor count.'),
  times: optional<number>(integer(0, MANY), 'How often exactly. Without this and the next two: once.'),
  'at least': optional<number>(integer(0, MANY), 'How often at least.'),
  'at most': optional<number>(integer(0, MANY), 'How often at most.'),
  output: optional<string>(prose, 'The whole output of the rule, without time and priority.'),
  contains: defaulted<readonly string[]>(list(prose), [], 'Parts that the output must have: one, or a list.'),
  priority: optional<Priority>(priority, 'Priority of the alert.'),
  fields: defaulted<ReadonlyMap<ByteString, string>>(
    mapOf(prose),
    new Map(),
    'Values of fields in the output, by name.',
  ),
} satisfies Keys;

/** Keys of an item that forbids an alert. */
export const NO_ALERT_KEYS = {
  'no alert': required<string>(prose, 'Name of a rule that must not fire.'),
} satisfies Keys;

/** Keys of an item that counts. */
export const ALERTS_KEYS = {
  alerts: required<number>(integer(0, MANY), 'How many alerts there are in all.'),
} satisfies Keys;

/** The item that is written without a value. */
export const NO_OTHER_ALERTS = 'no other alerts';

/** Reads the list under `expect`. */
export const expectations: Kind<readonly Expectation[]> = {
  schema: {},
  read: (reader, node, what) => reader.items(node, what)?.flatMap((item) => readExpectation(reader, item) ?? []),
};

function readExpectation(reader: NodeReader, node: Node): Expectation | undefined {
  const span = spanOf(node);
  if (node.kind === 'scalar' || (node.kind === 'mapping' && has(node, NO_OTHER_ALERTS))) {
    const words = node.kind === 'scalar' ? node.text.trim() : NO_OTHER_ALERTS;
    if (words === NO_OTHER_ALERTS) return { kind: NO_OTHER_ALERTS, span };
    return refuse(
      reader,
      node,
      `an expectation can't be '${words}'`,
      `'alert: RULE', 'no alert: RULE' or '${NO_OTHER_ALERTS}'`,
    );
  }
  if (node.kind === 'mapping' && has(node, 'no alert')) {
    const fields = reader.fields(node, 'an expectation', Object.keys(NO_ALERT_KEYS));
    const values = fields && readKeys(reader, fields, NO_ALERT_KEYS);
    return values && { kind: 'no alert', rule: values['no alert'], span };
  }
  if (node.kind === 'mapping' && has(node, 'alerts') && !has(node, 'alert')) {
    const fields = reader.fields(node, 'an expectation', Object.keys(ALERTS_KEYS));
    const values = fields && readKeys(reader, fields, ALERTS_KEYS);
    return values && { kind: 'alerts', count: values.alerts, span };
  }
  return readAlert(reader, node, span);
}

function readAlert(reader: NodeReader, node: Node, span: Span): Expectation | undefined {
  const fields = reader.fields(node, 'an expectation', Object.keys(ALERT_KEYS));
  const values = fields && readKeys(reader, fields, ALERT_KEYS);
  if (values === undefined) return undefined;
  const { times, 'at least': least, 'at most': most } = values;
  if (times !== undefined && (least !== undefined || most !== undefined)) {
    return refuse(reader, node, "'times' says how often exactly: 'at least' and 'at most' can't stand beside it");
  }
  const bounded = least !== undefined || most !== undefined;
  const count = bounded ? { least: least ?? 0, most: most ?? MANY } : { least: times ?? 1, most: times ?? 1 };
  if (count.least > count.most) return refuse(reader, node, "'at least' is more than 'at most'");
  const { alert: rule, by, output, contains, priority: grade } = values;
  return { kind: 'alert', rule, by, count, output, contains, priority: grade, fields: values.fields, span };
}

function has(node: Node, key: string): boolean {
  return node.kind === 'mapping' && node.pairs.some((pair) => pair.key.kind === 'scalar' && pair.key.text === key);
}
