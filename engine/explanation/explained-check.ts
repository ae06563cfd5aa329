import type { Leaf } from '../compare/condition.ts';
import type { Span } from '../model/source.ts';
import { fieldText } from '../output/field-text.ts';
import type { Timezone } from '../output/timezone.ts';
import type { Moment } from '../state/moment.ts';
import { checkText, type ListNames } from './check-text.ts';
import { clipped, visible } from './visible-text.ts';

/** A check at a moment: what it asks, what it read, and why it says so. Texts are for people: decoded and escaped. */
export interface ExplainedCheck {
  /** As written, lists by their names, long ones cut: `proc.name in (shell_binaries)`. */
  readonly check: string;
  readonly holds: boolean;
  /** What was read, as Falco prints it; undefined where there is no value. */
  readonly value: string | undefined;
  readonly span: Span;
}

const MOST_VALUE_BYTES = 512;

/** Explains a check whose verdict is known. */
export function explainCheck(
  leaf: Leaf,
  moment: Moment,
  holds: boolean,
  lists: ListNames,
  timezone: Timezone,
): ExplainedCheck {
  const { check, field } = leaf;
  const isThere = !leaf.inOrder && field.read(moment) !== undefined;
  const value = isThere ? visible(clipped(fieldText(field, moment, timezone), MOST_VALUE_BYTES)) : undefined;
  return { check: checkText(check, lists), holds, value, span: check.span };
}
