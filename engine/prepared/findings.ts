import { writeExpression } from '../filter/print.ts';
import type { Matching } from '../match/naive-match.ts';
import type { Rule } from '../rules/rule-set.ts';

/** What a rule finds in a trace, whatever the other rules do. */
export interface Findings {
  /** `evt.num` of each event on which the condition holds, in order. */
  readonly events: readonly number[];
  /** Messages of the first ones. */
  readonly messages: readonly string[];
  /** Why the trace can't decide the rule, where it can't. */
  readonly undecidable: string | undefined;
}

/** A rule that tells of an event. */
export interface Finding {
  readonly event: number;
  /** The place of the rule among the active ones. */
  readonly rule: number;
  /** Undefined beyond the first messages of the rule. */
  readonly message: string | undefined;
}

const KEYS = new WeakMap<Rule, string>();

/** What the findings of a rule depend on: equal keys find the same in the same trace. */
export function findingsKey(rule: Rule): string {
  let key = KEYS.get(rule);
  if (key === undefined) {
    const extra = rule.extraFields.map((field) => field.key).join();
    key = [writeExpression(rule.expression), rule.outputText, rule.source, extra].join('\0');
    KEYS.set(rule, key);
  }
  return key;
}

/**
 * What all rules together tell of, in the order of a run, from what each finds by itself: under `first` an event is told
 * of by the first rule that finds it, in the order in which Falco tries them.
 *
 * @param findings one for each active rule, in order
 */
export function mergeFindings(findings: readonly Findings[], matching: Matching): readonly Finding[] {
  const taken = new Set<number>();
  const merged: Finding[] = [];
  findings.forEach(({ events, messages }, rule) => {
    events.forEach((event, at) => {
      if (matching === 'first') {
        if (taken.has(event)) return;
        taken.add(event);
      }
      merged.push({ event, rule, message: messages[at] });
    });
  });
  return merged.sort((a, b) => a.event - b.event || a.rule - b.rule);
}
