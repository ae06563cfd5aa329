import { checkCondition } from '../compare/check-condition.ts';
import type { Condition } from '../compare/condition.ts';
import { findSearchProblem } from '../compare/event-code-search.ts';
import { FIELD_ROWS } from '../fields/field-table.ts';
import type { Check, Expression, TransformerArgument } from '../filter/ast.ts';
import { eachLeaf, fold } from '../filter/fold.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { toUnicode } from '../model/byte-string.ts';
import { printOperand } from '../filter/print.ts';
import { nearest } from '../model/nearest.ts';
import type { CodeSet } from './code-set.ts';
import { checkLints } from './check-lints.ts';
import { notesOf, type CheckNotes } from './check-notes.ts';
import { eventCodes, type KnownCodes } from './event-codes.ts';
import { AvailableFields } from './plugins.ts';

/** What is known of one check. */
interface Checked {
  readonly condition: Condition | undefined;
  readonly error: Diagnostic | undefined;
  /** Falco's warnings and our advice. */
  readonly remarks: readonly Diagnostic[];
  readonly notes: CheckNotes;
}

/** What is known of a whole condition. */
export interface CheckedExpression {
  readonly condition: Condition | undefined;
  /** The first check that doesn't fit. */
  readonly error: Diagnostic | undefined;
  readonly warnings: readonly Diagnostic[];
  readonly lints: readonly Diagnostic[];
  /** Deprecated fields, as numbers of `DEPRECATED_FIELDS`, in their order. */
  readonly deprecated: readonly number[];
  readonly unsafe: boolean;
}

/**
 * Checks conditions, each check once: macros are shared between rules, and all rules are compiled again after each file.
 */
export class ConditionChecks {
  readonly #fields: AvailableFields;
  readonly #rows = new Map(FIELD_ROWS.map((row) => [row.name, row]));
  readonly #checks = new Map<Check, Checked>();
  #conditions = new Map<Expression, Condition>();
  #codes: KnownCodes = new Map();

  constructor(fields: AvailableFields) {
    this.#fields = fields;
  }

  /** Forgets all but single checks: macros are put in place anew when the rules are compiled again. */
  reset(): void {
    this.#conditions = new Map();
    this.#codes = new Map();
  }

  /** Checks a condition whose macros are in place. */
  check(expression: Expression): CheckedExpression {
    const warnings: Diagnostic[] = [];
    const lints: Diagnostic[] = [];
    const deprecated = new Set<number>();
    let error: Diagnostic | undefined;
    let unsafe = false;
    eachLeaf(expression, (leaf) => {
      if (leaf.kind === 'macro') return;
      const checked = this.#check(leaf);
      for (const number of checked.notes.deprecated) deprecated.add(number);
      unsafe ||= checked.notes.unsafe;
      if (error !== undefined) return;
      error = checked.error;
      for (const remark of checked.remarks) (remark.severity === 'lint' ? lints : warnings).push(remark);
    });
    error ??= searchError(expression);
    const condition = error === undefined ? this.#condition(expression) : undefined;
    return { condition, error, warnings, lints, deprecated: [...deprecated].toSorted((a, b) => a - b), unsafe };
  }

  /** The event codes on which a condition can hold. */
  eventCodes(expression: Expression): CodeSet {
    return eventCodes(expression, this.#codes);
  }

  #check(check: Check): Checked {
    let checked = this.#checks.get(check);
    if (checked === undefined) {
      // The search for event codes comes after all checks, so it is left out of each.
      const { condition, diagnostics } = checkCondition(check, { source: '', find: this.#fields.find });
      const missing = this.#missingField(check);
      const found = diagnostics.find(({ severity }) => severity === 'error');
      checked = {
        condition,
        error: missing ?? (found && narrowed(check, withHint(found))),
        remarks: [
          ...diagnostics.filter(({ severity }) => severity !== 'error'),
          ...(condition?.kind === 'leaf' ? checkLints(check, condition.field) : []),
        ],
        notes: notesOf(check),
      };
      this.#checks.set(check, checked);
    }
    return checked;
  }

  #condition(expression: Expression): Condition {
    return fold<Condition>(
      expression,
      {
        check: (check) => this.#check(check).condition as Condition,
        macro: () => ({ kind: 'or', children: [] }),
        not: (child) => ({ kind: 'not', child }),
        and: (children) => ({ kind: 'and', children }),
        or: (children) => ({ kind: 'or', children }),
      },
      this.#conditions,
    );
  }

  /** The error for a field of a plugin that isn't loaded. */
  #missingField(check: Check): Diagnostic | undefined {
    const { left, right, span } = check;
    const operands = right?.kind === 'field' || right?.kind === 'transformer' ? [left, right] : [left];
    for (const { name, argument } of operands.flatMap(fieldsOf)) {
      const row = this.#rows.get(name);
      if (row === undefined || this.#fields.has(row)) continue;
      const text = argument === undefined ? name : `${name}[${argument}]`;
      return {
        code: 'LOAD_ERR_COMPILE_CONDITION',
        severity: 'error',
        message: `filter_check called with nonexistent field ${toUnicode(text)}`,
        span,
        hint: `the field is one of the plugin ${AvailableFields.pluginOf(row)}, which is not loaded`,
      };
    }
    return undefined;
  }
}

function fieldsOf(argument: TransformerArgument): { name: string; argument: string | undefined }[] {
  switch (argument.kind) {
    case 'field':
      return [argument];
    case 'transformer':
      return argument.args.flatMap(fieldsOf);
    case 'transformer-list':
      return argument.items.flatMap(fieldsOf);
    case 'constant':
      return [];
  }
}

function searchError(expression: Expression): Diagnostic | undefined {
  const problem = findSearchProblem(expression);
  if (problem === undefined) return undefined;
  return { code: 'RUNTIME_EXCEPTION', severity: 'error', message: problem.message, span: problem.check.span };
}

const NONEXISTENT = /^filter_check called with nonexistent field ([a-zA-Z0-9_.]+)/;

/** The field that was probably meant. */
function withHint(error: Diagnostic): Diagnostic {
  const name = NONEXISTENT.exec(error.message)?.[1];
  if (error.hint !== undefined || name === undefined) return error;
  const near = nearest(
    name,
    FIELD_ROWS.map((row) => row.name),
  );
  return near === undefined ? error : { ...error, hint: `did you mean '${near}'?` };
}

/** The same error at the part of the check that it is about: the field, or the constant that it quotes. */
function narrowed({ left, right }: Check, error: Diagnostic): Diagnostic {
  if (NONEXISTENT.test(error.message)) {
    const operands = right?.kind === 'field' || right?.kind === 'transformer' ? [left, right] : [left];
    const field = operands.find((operand) => error.message.endsWith(` ${toUnicode(printOperand(operand))}`));
    return field === undefined ? error : { ...error, span: field.span };
  }
  const constants = right?.kind === 'list' ? right.items : right?.kind === 'constant' ? [right] : [];
  const words = error.message.split(/[\s'":]+/);
  const constant = constants.find(({ text }) => text !== '' && words.includes(toUnicode(text)));
  return constant === undefined ? error : { ...error, span: constant.span };
}
