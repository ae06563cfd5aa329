import type { Condition } from '../compare/condition.ts';
import type { PlannedRule } from '../plan/plan.ts';
import type { Moment } from '../state/moment.ts';

/** Whether a rule that matched hides the later ones; Falco's `rule_matching`. */
export type Matching = 'first' | 'all';

/** Numbers of the rules that match, found the plain way: every rule, every check. The oracle of `Matcher`. */
export function naiveMatch(rules: readonly PlannedRule[], moment: Moment, matching: Matching): number[] {
  const matched: number[] = [];
  for (const [number, { condition, eventCodes }] of rules.entries()) {
    if (eventCodes?.has(moment.event.type) === false || !decide(condition, moment)) continue;
    matched.push(number);
    if (matching === 'first') break;
  }
  return matched;
}

/** The verdict of a condition. Calls itself once per level, so a condition thousands of levels deep is not for it. */
export function decide(condition: Condition, moment: Moment): boolean {
  switch (condition.kind) {
    case 'leaf':
      return condition.decide(moment);
    case 'not':
      return !decide(condition.child, moment);
    case 'and':
      return condition.children.every((child) => decide(child, moment));
    case 'or':
      return condition.children.some((child) => decide(child, moment));
  }
}
