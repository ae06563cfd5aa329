import type { Leaf } from '../compare/condition.ts';
import type { JsonValue } from '../model/alert.ts';
import type { Span } from '../model/source.ts';
import { fieldJson, fieldText, MISSING } from '../output/field-text.ts';
import type { Timezone } from '../output/timezone.ts';
import type { Moment } from '../state/moment.ts';
import { checkText, constantsOf, type ListNames } from './check-text.ts';
import { candidateTexts } from './own-reason.ts';
import { shownValue } from './shown-value.ts';
import { reasonOf, type Reason } from './reason.ts';
import { clipped, shortened, visible } from './visible-text.ts';

/** A check at a moment: what it asks, what it read, and why it says so. Texts are for people: decoded and escaped. */
export interface ExplainedCheck {
  /** As written, lists by their names, long ones cut: `proc.name in (shell_binaries)`. */
  readonly check: string;
  /** The field on the left with its argument, transformers around it. */
  readonly field: string;
  readonly operator: string;
  /** What it is compared with: at most 50 constants. */
  readonly constants: readonly string[];
  /** How many there are. */
  readonly constantCount: number;
  /** Names of the lists that brought constants. */
  readonly lists: readonly string[];
  readonly holds: boolean;
  /** What was read, as Falco prints it; undefined where there is no value. Long ones are cut. */
  readonly value: string | undefined;
  /** The same typed as in Falco's JSON; null where there is no value. */
  readonly typed: JsonValue;
  readonly reason: Reason;
  /** Where the check is written: in the rule, or in the macro that brought it. */
  readonly span: Span;
}

/** A check that would have to say the opposite. */
export interface ExplainedChange extends ExplainedCheck {
  /** How many other checks would do as well in its place. */
  readonly alternatives: number;
}

const MOST_VALUE_BYTES = 512;
const MOST_CONSTANTS = 50;
/** So many constants of so many bytes, for one constant may stand in thousands of rows. */
const MOST_CONSTANT_BYTES = 128;

/** What explanations are made with. */
export interface Shown {
  readonly lists: ListNames;
  readonly timezone: Timezone;
}

/** Explains a check whose verdict is known. */
export function explainCheck(leaf: Leaf, moment: Moment, holds: boolean, { lists, timezone }: Shown): ExplainedCheck {
  const { check, field } = leaf;
  const constants = constantsOf(check);
  const { value, typed } = leaf.inOrder ? NOT_READ : readValue(leaf, moment, timezone);
  return {
    check: checkText(check, lists),
    field: visible(field.name),
    operator: check.modifier === undefined ? check.operator : `${check.operator} ${check.modifier}`,
    constants: constants.slice(0, MOST_CONSTANTS).map(({ text }) => visible(clipped(text, MOST_CONSTANT_BYTES))),
    constantCount: constants.length,
    lists: lists.among(constants),
    holds,
    value,
    typed,
    reason: reasonOf(leaf, moment, holds, lists),
    span: check.span,
  };
}

interface ReadValue {
  readonly value: string | undefined;
  readonly typed: JsonValue;
}

const NOT_READ: ReadValue = { value: undefined, typed: null };

function readValue(leaf: Leaf, moment: Moment, timezone: Timezone): ReadValue {
  const { field } = leaf;
  const candidates = candidateTexts(leaf, moment);
  if (candidates !== undefined && field.ownComparison !== 'host-name') {
    return candidates.length === 0 ? NOT_READ : { value: candidates.join(' '), typed: candidates };
  }
  if (field.type === 'IPNET') {
    // Falco prints no network; what is compared with networks is an address.
    const address = field.read(moment);
    const shownAs = address === undefined ? undefined : shownValue(field, address);
    return { value: shownAs, typed: shownAs ?? null };
  }
  const text = fieldText(field, moment, timezone);
  if (text === MISSING && field.read(moment) === undefined) return NOT_READ;
  const json = fieldJson(field, moment);
  const typed = Array.isArray(json)
    ? json.slice(0, MOST_CONSTANTS)
    : typeof json === 'string'
      ? shortened(json, MOST_VALUE_BYTES)
      : json;
  return { value: visible(clipped(text, MOST_VALUE_BYTES)), typed };
}
