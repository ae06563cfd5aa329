import { checkCondition } from './compare/check-condition.ts';
import type { Condition } from './compare/condition.ts';
import type { Field } from './fields/field.ts';
import { fieldOf, isProblem } from './fields/transform.ts';
import { ConditionText } from './filter/condition-text.ts';
import { parseCondition, parseOperand, type ParseFailure } from './filter/parse-condition.ts';
import { Matcher } from './match/matcher.ts';
import { traceWants } from './match/trace-wants.ts';
import type { JsonValue } from './model/alert.ts';
import { toUnicode } from './model/byte-string.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Event } from './model/event.ts';
import type { Span } from './model/source.ts';
import { fieldJson, fieldText } from './output/field-text.ts';
import { UTC, type Timezone } from './output/timezone.ts';
import { leavesOf } from './plan/in-order.ts';
import { planOf } from './plan/plan.ts';
import type { Moment } from './state/moment.ts';
import { createSystem, type System, type SystemOptions } from './state/system.ts';
import { SystemSink } from './state/system-sink.ts';

/** Which events are wanted, and what of them. */
export interface Query {
  readonly condition: Condition;
  /** Fields by the text they were asked for with, in that order. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** An event that matches. */
export interface FilteredEvent {
  /** `evt.num`. */
  readonly number: number;
  /** The fields asked for, typed as in Falco's JSON: null where absent. */
  readonly values: ReadonlyMap<string, JsonValue>;
  /** The same as an output prints them: `<NA>` where absent. */
  readonly texts: ReadonlyMap<string, string>;
}

/** How a trace is filtered. */
export interface FilteringOptions extends SystemOptions {
  /** Zone of times that fields show; UTC by default. */
  readonly timezone?: Timezone;
  /** Called for each event that matches, in order. */
  onEvent(event: FilteredEvent): void;
}

/** Reads a condition without macros, and the fields to show: `proc.name`, `evt.arg.name`, `basename(fd.name)`. */
export function readQuery(
  condition: string,
  fields: readonly string[] = [],
): { readonly query: Query | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const parsed = parseCondition(ConditionText.ofText(condition));
  let checked: Condition | undefined;
  if (parsed.expression === undefined) {
    diagnostics.push(syntaxError(parsed.failure));
  } else {
    const result = checkCondition(parsed.expression);
    diagnostics.push(...result.diagnostics);
    checked = result.condition;
    if (checked !== undefined) diagnostics.push(...absentFromTraces(checked));
  }
  const found = new Map<string, Field>();
  for (const text of fields) {
    const field = readField(text);
    if ('severity' in field) diagnostics.push(field);
    else found.set(text, field);
  }
  const isWhole = found.size === new Set(fields).size;
  return { query: checked !== undefined && isWhole ? { condition: checked, fields: found } : undefined, diagnostics };
}

/** Finds the events of a trace that match a condition. It takes the trace as a sink. */
export class Filtering extends SystemSink {
  readonly #system: System;
  readonly #query: Query;
  readonly #matcher: Matcher;
  readonly #options: FilteringOptions;
  /** Events that matched so far. */
  matched = 0;

  constructor(query: Query, options: FilteringOptions) {
    const system = createSystem(options);
    super(system, () => {});
    this.#system = system;
    this.#query = query;
    this.#matcher = new Matcher(planOf([{ condition: query.condition, eventCodes: undefined }]));
    this.#options = options;
  }

  /** How much of each event type a reader must deliver; see `WANT`. */
  get wants(): Uint8Array {
    return traceWants(this.#matcher.wantedTypes);
  }

  override event(event: Event): void {
    const system = this.#system;
    if (this.#matcher.wantedTypes[event.type] === 0) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible && this.#matcher.match(moment).length > 0) this.#tell(moment);
    system.settle();
  }

  #tell(moment: Moment): void {
    this.matched++;
    const { fields } = this.#query;
    const timezone = this.#options.timezone ?? UTC;
    const values = new Map([...fields].map(([text, field]) => [text, fieldJson(field, moment)]));
    const texts = new Map([...fields].map(([text, field]) => [text, toUnicode(fieldText(field, moment, timezone))]));
    this.#options.onEvent({ number: moment.event.num, values, texts });
  }
}

/** Advice about fields of a plugin whose data no trace carries. */
function absentFromTraces(condition: Condition): Diagnostic[] {
  return leavesOf(condition)
    .filter(({ field }) => field.row.fieldClass === 'k8smeta')
    .map(({ field, check }) => ({
      code: 'LINT_NOT_IN_TRACES',
      severity: 'lint',
      message: `${toUnicode(field.name)} never has a value: no trace carries what the plugin k8smeta knows`,
      span: check.span,
    }));
}

function readField(text: string): Field | Diagnostic {
  const source = ConditionText.ofText(text, 'field');
  const parsed = parseOperand(source);
  if (parsed.operand === undefined) return syntaxError(parsed.failure);
  const span = source.span(0, source.value.length);
  if (parsed.end !== source.value.length) return compileError({ message: `'${text}' is more than one field`, span });
  const field = fieldOf(parsed.operand);
  return isProblem(field) ? compileError({ message: toUnicode(field.message), span }) : field;
}

/** What the parser says, which is in bytes as the condition is. */
function syntaxError(failure: ParseFailure): Diagnostic {
  return compileError({ ...failure, message: toUnicode(failure.message) });
}

function compileError({ message, span, hint }: { message: string; span: Span; hint?: string | undefined }): Diagnostic {
  const error = { code: 'LOAD_ERR_COMPILE_CONDITION', severity: 'error', message, span } as const;
  return hint === undefined ? error : { ...error, hint };
}
