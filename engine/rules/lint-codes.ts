/** A trap of Falco that rule writers fall into, and Creance's code for it. The rule loads; Falco's verdicts are kept. */
export interface LintInfo {
  readonly code: string;
  /** What Falco 0.44 does with it. */
  readonly description: string;
}

/** Every lint, by its code. `RUNTIME_EXCEPTION` is a lint where Falco loads a rule and ends later because of it. */
export const LINT_CODES = {
  RUNTIME_EXCEPTION:
    'Falco ends when an event reaches the check: fd.ip, fd.port or fd.proto with intersects, fd.sip.name and its like with anything but =, != and in, len() of getopt() without an option, join() of a number that is missing.',
  LINT_ALWAYS_FALSE:
    'The check is never true: fd.ip in (...), fd.net intersects (...), proc.apid in (...) without an index, a numeric evt.rawarg in (...).',
  LINT_FIRST_VALUE_ONLY:
    'Only the first value counts: fd.net in (a, b), and oneof, anyof and allof on fields that Falco compares by code of their own.',
  LINT_NETWORK_SET:
    'On a network field = anyof (...) compares bytes and is never true, and != allof (...) is always true.',
  LINT_SOME_ANCESTOR:
    'An ancestor field without an index and != is true when any ancestor differs, as one nearly always does.',
  LINT_EVENT_TYPES_NOT_NARROWED: 'evt.type with a modifier does not narrow the events on which the rule is tried.',
  LINT_NO_SUCH_EVENT: 'evt.type = syscall matches nothing: no event has that type.',
  LINT_DUPLICATE_KEY: 'Of two equal keys in an item the first one counts.',
  LINT_LIST_ITEM_SPLIT:
    'List items are put into conditions as text: one with a comma, a quote or a parenthesis is not one value there.',
  LINT_APPEND_BINDS_TIGHTER: "An appended 'and' binds to the last operand of 'or' only.",
  LINT_DEFINED_TWICE: 'An item of the same name in the same file replaces the one before.',
} as const;

/** A lint's code. */
export type LintCode = keyof typeof LINT_CODES;

/** All lints, for documentation. */
export function lintInfos(): readonly LintInfo[] {
  return Object.entries(LINT_CODES).map(([code, description]) => ({ code, description }));
}
