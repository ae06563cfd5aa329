import type { FieldFinder } from '../fields/field.ts';
import type { Expression, Check } from '../filter/ast.ts';
import { fold } from '../filter/fold.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { checkLeaf } from './check-leaf.ts';
import type { Condition } from './condition.ts';
import { constantWarnings } from './constant-warnings.ts';
import { findSearchProblem } from './event-code-search.ts';
import { Refusal } from './refusal.ts';

/** What a check is made against. */
export interface CheckOptions {
  /** Source of the rule's events; `syscall` when it is not given. */
  readonly source?: string;
  /** Names of events that plugins send; those of the container plugin when they are not given. */
  readonly asyncEvents?: ReadonlySet<string>;
  /** How names find their fields. */
  readonly find?: FieldFinder;
}

/** A condition that can be decided, or the one reason why not; warnings come with a condition only. */
export interface CheckedCondition {
  readonly condition: Condition | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Names of events that the container plugin sends. */
export const CONTAINER_EVENTS: ReadonlySet<string> = new Set(['container', 'container_removed']);

/**
 * Checks an expression whose macros are resolved: fields, operators, constants. The first check that does not fit
 * refuses the whole, in the order in which it is written, as in Falco. Codes are LOAD_ERR_COMPILE_CONDITION, and
 * RUNTIME_EXCEPTION where Falco would end instead of refusing; as a lint where it would end while it runs.
 */
export function checkCondition(expression: Expression, options: CheckOptions = {}): CheckedCondition {
  const asyncEvents = options.asyncEvents ?? CONTAINER_EVENTS;
  const diagnostics: Diagnostic[] = [];
  let error: Diagnostic | undefined;
  const condition = fold<Condition>(expression, {
    check: (check) => {
      const leaf = error === undefined ? checkLeaf(check, asyncEvents, options.find) : undefined;
      if (leaf === undefined) return NOTHING;
      if (leaf instanceof Refusal) {
        error = refused(check, leaf);
        return NOTHING;
      }
      diagnostics.push(...constantWarnings(check), ...leaf.lints);
      return leaf.leaf;
    },
    macro: (macro) => {
      error ??= {
        code: 'LOAD_ERR_COMPILE_CONDITION',
        severity: 'error',
        message: `filter error: unexpected identifier '${macro.name}'`,
        span: macro.span,
      };
      return NOTHING;
    },
    not: (child) => ({ kind: 'not', child }),
    and: (children) => ({ kind: 'and', children }),
    or: (children) => ({ kind: 'or', children }),
  });
  if (error !== undefined) return { condition: undefined, diagnostics: [error] };
  const search = (options.source ?? 'syscall') === 'syscall' ? findSearchProblem(expression) : undefined;
  if (search === undefined) return { condition, diagnostics };
  return { condition: undefined, diagnostics: [refused(search.check, new Refusal(search.message, undefined, true))] };
}

/** Stands in for what is refused as a whole. */
const NOTHING: Condition = { kind: 'or', children: [] };

function refused({ span }: Check, { message, hint, endsFalco }: Refusal): Diagnostic {
  return {
    code: endsFalco ? 'RUNTIME_EXCEPTION' : 'LOAD_ERR_COMPILE_CONDITION',
    severity: 'error',
    message,
    span,
    ...(hint === undefined ? {} : { hint }),
  };
}
