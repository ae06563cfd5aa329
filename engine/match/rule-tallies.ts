import type { RuleTally } from '../model/report.ts';
import type { RuleSet } from '../rules/rule-set.ts';

/**
 * What a run says of each rule.
 *
 * @param fired alerts by place of the active rule
 * @param undecidable likewise, why the trace can't decide it
 */
export function ruleTallies(
  { rules, active }: RuleSet,
  fired: readonly number[],
  undecidable: readonly (string | undefined)[],
): readonly RuleTally[] {
  const places = new Map(active.map((rule, place) => [rule, place]));
  return rules.map((rule) => {
    const place = places.get(rule);
    const reason = place === undefined ? undefined : undecidable[place];
    return {
      rule: rule.name,
      priority: rule.priority,
      enabled: place !== undefined,
      fired: place === undefined ? 0 : (fired[place] as number),
      ...(reason !== undefined && { undecidable: reason }),
    };
  });
}
