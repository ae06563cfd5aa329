import type { Field } from '../fields/field.ts';
import { cTextOf } from '../fields/transform-text.ts';
import type { Check, Constant as WrittenConstant, Operator, RightSide } from '../filter/ast.ts';
import type { ByteString } from '../model/byte-string.ts';
import { parseConstant, parseTextual, type Constant } from './constant.ts';
import { checkEventName } from './event-name-constant.ts';
import { membership } from './membership.ts';
import { modifiedTest } from './modifier.ts';
import { compilePathMatch } from './path-match.ts';
import { Refusal } from './refusal.ts';
import { scalarTest, type Test } from './scalar-test.ts';

/** The constants of a check, read to the field's type, and what each of them says alone. */
export interface RightConstants {
  readonly constants: readonly Constant[];
  /** One for each constant; empty for operators that look at all constants at once. */
  readonly tests: readonly Test[];
}

/** The constants on the right of a check; undefined when a field stands there or nothing. */
export function writtenConstants(right: RightSide | undefined): readonly WrittenConstant[] | undefined {
  if (right?.kind === 'constant') return [right];
  return right?.kind === 'list' ? right.items : undefined;
}

/** Reads the constants of a check one after the other; the first that does not fit refuses the check. */
export function readConstants(
  check: Check,
  field: Field,
  written: readonly WrittenConstant[],
  asyncEvents: ReadonlySet<string>,
): RightConstants | Refusal {
  const { operator } = check;
  const constants: Constant[] = [];
  const tests: Test[] = [];
  for (const { text } of written) {
    const constant = readConstant(operator, field, text);
    if (constant instanceof Refusal) return constant;
    const problem = checkEventName(field, text, constant, asyncEvents);
    if (problem !== undefined) return problem;
    constants.push(constant);
    if (operator === 'in' || operator === 'intersects' || operator === 'pmatch') continue;
    const test = scalarTest(operator, field.type, constant);
    if (test instanceof Refusal) return test;
    tests.push(test);
  }
  return { constants, tests };
}

/** The test that a check makes of a value, by its operator and modifier. */
export function constantTest(check: Check, field: Field, { constants, tests }: RightConstants): Test {
  const { operator, modifier } = check;
  if (modifier !== undefined) return modifiedTest(operator, modifier, field.type, constants, tests);
  if (operator === 'in' || operator === 'intersects') return membership(operator, field.type, field.list, constants);
  if (operator === 'pmatch') return compilePathMatch(constants as ByteString[]) as Test;
  return tests[0] ?? (() => false);
}

function readConstant(operator: Operator, field: Field, text: ByteString): Constant | Refusal {
  if (operator !== 'bcontains' && operator !== 'bstartswith') return parse(text, field);
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) {
    return new Refusal(
      'filter error: bcontains and bstartswith operator support hex strings only',
      'write each byte as two hexadecimal digits: 7f454c46',
    );
  }
  const bytes = (text.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('');
  return parse(bytes, field);
}

/** A raw argument can't be compared with a buffer, though its operators say it can. */
function parse(text: ByteString, field: Field): Constant | Refusal {
  if (field.ownComparison !== 'rawarg') return parseConstant(text, field.type);
  return parseTextual(cTextOf(text), field.type);
}
