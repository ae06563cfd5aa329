import type { Field } from '../fields/field.ts';
import type { Check } from '../filter/ast.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { endsInJoin, endsInLength } from './ending-transformers.ts';
import type { LintCode } from './lint-codes.ts';

/** A trap in a check that loads but does not do what it says. */
interface CheckLint {
  readonly code: LintCode;
  readonly applies: (check: Check, field: Field) => boolean;
  readonly message: string;
  readonly hint: string;
}

const LINTS: readonly CheckLint[] = [
  {
    code: 'RUNTIME_EXCEPTION',
    applies: ({ left, right }) => endsInLength(left) || endsInLength(right),
    message: 'Falco ends as soon as getopt gives more than one value here',
    hint: "name an option, 'len(getopt(...)[x])', or test the list by in or intersects",
  },
  {
    code: 'RUNTIME_EXCEPTION',
    applies: ({ left, right }) => endsInJoin(left) || endsInJoin(right),
    message: 'Falco crashes on an event on which a number in this join is missing',
    hint: "test 'exists' of the number first",
  },
  {
    code: 'LINT_ALWAYS_FALSE',
    applies: ({ operator }, { ownComparison }) => ownComparison === 'either-ip' && operator === 'in',
    message: 'fd.ip with a list of addresses is always false in Falco',
    hint: 'use fd.cip in (...) or fd.sip in (...), or fd.ip = a or fd.ip = b',
  },
  {
    code: 'LINT_ALWAYS_FALSE',
    applies: ({ operator }, { ownComparison }) => ownComparison === 'either-net' && operator === 'intersects',
    message: 'fd.net with intersects is always false in Falco',
    hint: 'use fd.cnet in (...) or fd.snet in (...)',
  },
  {
    code: 'LINT_ALWAYS_FALSE',
    applies: ({ operator, left }, field) =>
      operator === 'in' && field.ownComparison === 'ancestors' && left.kind === 'field' && left.name === 'proc.apid',
    message: 'proc.apid without an index is never in a list in Falco',
    hint: 'use proc.apid = a or proc.apid = b',
  },
  {
    code: 'LINT_ALWAYS_FALSE',
    applies: ({ operator }, { ownComparison, type }) =>
      ownComparison === 'rawarg' && operator === 'in' && !TEXTS.has(type),
    message: 'a raw argument that is a number is never in a list in Falco',
    hint: 'compare with each value by =, or use evt.arg',
  },
  {
    code: 'LINT_FIRST_VALUE_ONLY',
    applies: ({ operator, right }, { ownComparison }) =>
      ownComparison === 'either-net' && operator === 'in' && right?.kind === 'list' && right.items.length > 1,
    message: 'of several networks fd.net compares with the first one only',
    hint: 'use fd.cnet in (...) or fd.snet in (...), or one fd.net check per network',
  },
  {
    code: 'LINT_FIRST_VALUE_ONLY',
    applies: ({ modifier, right }, { ownComparison }) =>
      modifier !== undefined && ownComparison !== undefined && right?.kind === 'list' && right.items.length > 1,
    message: 'this field ignores oneof, anyof and allof: it compares with the first value only',
    hint: 'write one check per value',
  },
  {
    code: 'LINT_NETWORK_SET',
    applies: ({ operator, modifier }, { type, ownComparison }) =>
      ownComparison === undefined &&
      NETWORKS.has(type) &&
      ((operator === '=' && modifier === 'anyof') || (operator === '!=' && modifier === 'allof')),
    message: 'on a network field = anyof is never true, and != allof always',
    hint: "use 'in (...)' and 'not ... in (...)'",
  },
  {
    code: 'LINT_SOME_ANCESTOR',
    applies: ({ operator }, { ownComparison }) => ownComparison === 'ancestors' && operator === '!=',
    message: 'true when any of the ancestors differs, which one nearly always does',
    hint: "to ask that none is equal, write 'not ... = ...'",
  },
  {
    code: 'LINT_EVENT_TYPES_NOT_NARROWED',
    applies: ({ modifier, left }) =>
      modifier !== undefined && left.kind === 'field' && (left.name === 'evt.type' || left.name === 'syscall.type'),
    message: 'with a modifier the check does not narrow the events on which the rule is tried',
    hint: "use 'evt.type in (...)'",
  },
  {
    code: 'LINT_NO_SUCH_EVENT',
    applies: ({ operator, left, right }) =>
      operator === '=' &&
      left.kind === 'field' &&
      left.name === 'evt.type' &&
      right?.kind === 'constant' &&
      right.text === 'syscall',
    message: "no event has the type 'syscall'",
    hint: 'name the syscall itself',
  },
];

const TEXTS: ReadonlySet<string> = new Set(['CHARBUF', 'FSPATH', 'FSRELPATH', 'BYTEBUF']);
const NETWORKS: ReadonlySet<string> = new Set(['IPNET', 'IPV4NET', 'IPV6NET']);

/** What is to be said of a check that Falco takes. */
export function checkLints(check: Check, field: Field): Diagnostic[] {
  return LINTS.filter(({ applies }) => applies(check, field)).map(({ code, message, hint }) => ({
    code,
    severity: 'lint',
    message,
    span: check.span,
    hint,
  }));
}
