import type { Check } from '../filter/ast.ts';
import type { Field, Subject } from '../fields/field.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Text } from '../model/text.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';

/**
 * A checked condition: macros resolved, fields found, constants parsed to the field's type. The naive matcher, the
 * plan and explain all work from this one tree and decide its leaves by the same functions.
 */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly children: readonly Condition[] }
  | { readonly kind: 'not'; readonly child: Condition }
  | Leaf;

/** One check. */
export interface Leaf {
  readonly kind: 'leaf';
  /** The check as written, with its span. */
  readonly check: Check;
  /** Canonical text; leaves with equal keys decide equally. */
  readonly key: string;
  readonly field: Field;
  /** The field on the right, where one stands there. */
  readonly right: Field | undefined;
  readonly subject: Subject;
  /** Event codes on which the leaf can be true; undefined is any. */
  readonly eventTypes: ReadonlySet<number> | undefined;
  /** For subject `type`: codes whose events must be looked at after all. */
  readonly variesOn: ReadonlySet<number> | undefined;
  /** For a text subject: the text of its column at a moment; undefined means no value. */
  readonly column: ((moment: Moment) => Text | undefined) | undefined;
  /** Deciding it changes what it decides next, so it must be decided in the order of the condition. */
  readonly inOrder: boolean;
  /** The verdict at a moment: false where a value is absent, whatever the operator. */
  decide(moment: Moment): boolean;
  /** For a check of one value of `field`: the verdict for what was read; undefined is no value. */
  decideValue?(value: Value | undefined): boolean;
  /** For a text subject: the verdict for the column's text. */
  decideText?(text: ByteString): boolean;
  /** For subject `type`: the verdict for an event code. */
  decideType?(code: number): boolean;
}
