import type { Check, TransformerArgument } from '../filter/ast.ts';
import { DEPRECATED_FIELDS } from './codes.ts';

/** What Falco warns of in a check before it looks at fields and types. */
export interface CheckNotes {
  /** Deprecated fields, as numbers of `DEPRECATED_FIELDS`. */
  readonly deprecated: readonly number[];
  /** `<NA>` is compared with a field that gives it for a missing value. */
  readonly unsafe: boolean;
}

const NOTHING: CheckNotes = { deprecated: [], unsafe: false };
const MISSING = '<NA>';

/** Looks at the fields of a check. Those on its right are looked at only beside a field that may be `<NA>`. */
export function notesOf({ left, operator, modifier, right }: Check): CheckNotes {
  const fields = fieldNames(left);
  const last = fields.at(-1) ?? '';
  const mayBeMissing = last.startsWith('ka.') || last.startsWith('jevt.');
  const comparesValues = modifier === undefined && EQUALITY.has(operator);
  let unsafe = false;
  if (mayBeMissing && comparesValues && right !== undefined) {
    if (right.kind === 'list') unsafe = right.items.some(({ text }) => text === MISSING);
    else if (right.kind === 'constant') unsafe = right.text === MISSING;
    else fields.push(...fieldNames(right));
  }
  const deprecated = fields.map((name) => DEPRECATED_FIELDS.indexOf(name)).filter((number) => number !== -1);
  return deprecated.length === 0 && !unsafe ? NOTHING : { deprecated, unsafe };
}

const EQUALITY: ReadonlySet<string> = new Set(['=', '!=', 'in', 'intersects', 'pmatch']);

/** The fields of an operand in order; Falco doesn't look into lists. */
function fieldNames(argument: TransformerArgument): string[] {
  if (argument.kind === 'field') return [argument.name];
  return argument.kind === 'transformer' ? argument.args.flatMap(fieldNames) : [];
}
