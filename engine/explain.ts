import { EventExplainer, type EventExplanation } from './explanation/event-explainer.ts';
import type { ExplainOptions } from './explanation/explain-moment.ts';
import { NearMisses, type NearMissReport } from './explanation/near-misses.ts';
import { fromUnicode } from './model/byte-string.ts';
import { visibleText } from './explanation/visible-text.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import { nearest } from './model/nearest.ts';
import type { TraceSink } from './model/trace.ts';
import type { Collected } from './rules/items.ts';
import type { Rule, RuleSet } from './rules/rule-set.ts';
import type { SystemOptions } from './state/system.ts';

/** What is asked: an event, a rule, or what a rule made of an event. */
export interface Question {
  /** `evt.num`; undefined asks for the near misses of the rule in the whole trace. */
  readonly event?: number;
  /** Name of the rule; undefined asks for all that can see the event. */
  readonly rule?: string;
}

/** How a trace is explained. */
export interface ExplainingOptions extends ExplainOptions, SystemOptions {
  /** What the rule files define before it is compiled, to tell a rule that was left out when they were loaded. */
  readonly collected?: Collected;
  /** How many different near misses are told; 10 by default. */
  readonly most?: number;
}

/** What became of a question. */
export type Answer =
  | { readonly kind: 'event'; readonly explanation: EventExplanation }
  | { readonly kind: 'rule'; readonly rule: Rule; readonly report: NearMissReport }
  /** The trace has no such event. */
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

/** Takes a trace as a sink and then answers the question. */
export interface Explaining extends TraceSink {
  /** How much of each event type a reader must deliver; see `WANT`. */
  readonly wants: Uint8Array;
  /** The answer, once the trace is at its end. */
  answer(): Answer;
}

/** Prepares to explain a trace, or says what is wrong with the question: neither event nor rule, or no such rule. */
export function explain(
  ruleSet: RuleSet,
  question: Question,
  options: ExplainingOptions = {},
): Explaining | Diagnostic {
  const rule = question.rule === undefined ? undefined : ruleSet.rules.find(({ name }) => name === question.rule);
  if (question.rule !== undefined && rule === undefined) return unknownRule(question.rule, ruleSet, options.collected);
  if (question.event !== undefined) return new EventQuestion(ruleSet, question.event, rule, options);
  if (rule !== undefined) return new RuleQuestion(ruleSet, rule, options);
  return refused('EXPLAIN_NO_QUESTION', 'neither an event nor a rule is named', undefined);
}

/** True for what is wrong with a question. */
export function isRefused(asked: Explaining | Diagnostic): asked is Diagnostic {
  return 'severity' in asked;
}

class EventQuestion extends EventExplainer implements Explaining {
  readonly #asked: number;

  constructor(ruleSet: RuleSet, number: number, rule: Rule | undefined, options: ExplainingOptions) {
    super(ruleSet, number, rule, options);
    this.#asked = number;
  }

  answer(): Answer {
    const { explanation, seen } = this;
    if (explanation !== undefined) return { kind: 'event', explanation };
    const message = `the trace has no event ${this.#asked}`;
    if (seen === undefined) return refusal(message, 'it has no events at all');
    const isInside = seen.before !== undefined && seen.after !== undefined;
    const range = `it has the events ${seen.first} to ${seen.last}`;
    const near = isInside ? `, of which ${seen.before} and ${seen.after} are the nearest` : '';
    return refusal(message, range + near);
  }
}

class RuleQuestion extends NearMisses implements Explaining {
  readonly #rule: Rule;

  constructor(ruleSet: RuleSet, rule: Rule, options: ExplainingOptions) {
    super(ruleSet, rule, options);
    this.#rule = rule;
  }

  answer(): Answer {
    return { kind: 'rule', rule: this.#rule, report: this.report() };
  }
}

function unknownRule(name: string, { rules }: RuleSet, collected: Collected | undefined): Diagnostic {
  if (collected?.rules.has(fromUnicode(name)) === true) {
    const hint = 'Falco skips a rule of an unknown source, and one with an unknown field that allows it';
    return refused(
      'EXPLAIN_SKIPPED_RULE',
      `the rule '${visibleText(name)}' was skipped when the files were loaded`,
      hint,
    );
  }
  const names = rules.map((rule) => rule.name);
  const folded = name.toLowerCase();
  const begun = new Map(names.map((other) => [other.slice(0, name.length), other]));
  const near =
    nearest(name, names) ??
    names.find((other) => other.toLowerCase().includes(folded)) ??
    begun.get(nearest(name, begun.keys()) ?? '');
  const hint = near === undefined ? `there are ${rules.length} rules` : `did you mean '${visibleText(near)}'?`;
  return refused('EXPLAIN_UNKNOWN_RULE', `there is no rule '${visibleText(name)}'`, hint);
}

function refusal(message: string, hint: string): Answer {
  return { kind: 'refused', diagnostic: refused('EXPLAIN_UNKNOWN_EVENT', message, hint) };
}

function refused(code: string, message: string, hint: string | undefined): Diagnostic {
  return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
}
