import type { Rejudged } from '../../../../engine/rejudge.ts';
import type { RuleSet } from '../../../../engine/rules/rule-set.ts';
import type { Verdict } from './protocol.ts';

/** Alerts that are listed; the timeline shows all of them. */
const MOST_LISTED = 5_000;

type Shown = Pick<Verdict, 'rules' | 'alerts' | 'alertCount' | 'alertEvents' | 'events'>;

/** What is shown of what rules say; nothing where no rules ever loaded. */
export function shownVerdict(ruleSet: RuleSet | undefined, rejudged: Rejudged | undefined): Shown {
  if (ruleSet === undefined || rejudged === undefined)
    return { rules: [], alerts: [], alertCount: 0, alertEvents: new Uint32Array(0), events: 0 };
  const { alerts } = rejudged;
  const places = new Map(ruleSet.active.map((rule, place) => [rule, place]));
  return {
    rules: ruleSet.rules.map((rule) => {
      const place = places.get(rule);
      const said = place === undefined ? undefined : rejudged.rules[place];
      return {
        name: rule.name,
        description: rule.description.trim(),
        priority: rule.priority,
        enabled: place !== undefined,
        fired: said?.fired ?? 0,
        file: rule.span.source.name,
        offset: rule.span.start,
        undecidable: said?.undecidable,
      };
    }),
    alerts: alerts.slice(0, MOST_LISTED).map(({ event, rule, message }) => {
      const { name, priority } = ruleSet.active[rule] as RuleSet['active'][number];
      return { rule: name, priority, event, message };
    }),
    alertCount: alerts.length,
    alertEvents: Uint32Array.from(alerts, ({ event }) => event),
    events: 0,
  };
}
