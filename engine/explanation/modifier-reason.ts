import type { Leaf } from '../compare/condition.ts';
import type { RightConstants } from '../compare/right-constants.ts';
import type { Value } from '../model/value.ts';
import { constantsOf } from './check-text.ts';
import type { Reason } from './reason.ts';
import { quoted } from './shown-value.ts';

/** Constants that are tried one by one. */
const MOST_TRIED = 2_000;

/** Why `operator anyof (constants)` and the like hold or don't: how many of the constants do, and the first that matters. */
export function modifierReason({ check }: Leaf, value: Value, { tests }: RightConstants, holds: boolean): Reason {
  const { operator, modifier } = check;
  const written = constantsOf(check);
  const code = 'several';
  if (written.length === 0) return { code, text: 'there is nothing to compare with' };
  const verdicts = tests.slice(0, MOST_TRIED).map((test) => test(value));
  const count = verdicts.filter((verdict) => verdict).length;
  const name = (verdict: boolean): string => quoted(written[verdicts.indexOf(verdict)]?.text ?? '');
  if (tests.length !== written.length || tests.length > MOST_TRIED) return { code, text: holds ? 'holds' : 'fails' };
  const of = `of ${written.length} values`;
  if (modifier === 'allof') {
    if (count === written.length) return { code, text: `${operator} holds for all ${of.slice(3)}` };
    return { code, text: `${operator} fails for ${name(false)}` };
  }
  if (count === 0) return { code, text: `${operator} holds for none ${of}` };
  return { code, text: count === 1 ? `${operator} holds for ${name(true)}` : `${operator} holds for ${count} ${of}` };
}
