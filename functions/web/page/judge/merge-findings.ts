import type { Matching } from '../../../../engine/match/naive-match.ts';
import type { RuleSet } from '../../../../engine/rules/rule-set.ts';
import type { ShownAlert, ShownRule, Verdict } from './protocol.ts';
import type { Findings } from './rule-run.ts';

/** Alerts that are listed; the timeline shows all of them. */
const MOST_LISTED = 5_000;

interface Found {
  readonly event: number;
  readonly rule: number;
  readonly message: string | undefined;
}

type Merged = Pick<Verdict, 'rules' | 'alerts' | 'alertCount' | 'alertEvents' | 'events'>;

/**
 * Alerts of all rules together from what each of them finds by itself: under `first` an event is told of by the first
 * rule that finds it, in the order in which Falco tries them.
 *
 * @param findings one for each active rule, in order
 */
export function mergeFindings(ruleSet: RuleSet | undefined, findings: readonly Findings[], matching: Matching): Merged {
  if (ruleSet === undefined)
    return { rules: [], alerts: [], alertCount: 0, alertEvents: new Uint32Array(0), events: 0 };
  const taken = new Set<number>();
  const found: Found[] = [];
  const counts = findings.map(({ events, messages }, rule) => {
    let count = 0;
    events.forEach((event, at) => {
      if (matching === 'first') {
        if (taken.has(event)) return;
        taken.add(event);
      }
      count++;
      found.push({ event, rule, message: messages[at] });
    });
    return count;
  });
  found.sort((a, b) => a.event - b.event || a.rule - b.rule);
  return {
    rules: shownRules(ruleSet, findings, counts),
    alerts: found.slice(0, MOST_LISTED).map(({ event, rule, message }) => shownAlert(ruleSet, event, rule, message)),
    alertCount: found.length,
    alertEvents: Uint32Array.from(found, ({ event }) => event),
    events: 0,
  };
}

function shownAlert(ruleSet: RuleSet, event: number, place: number, message: string | undefined): ShownAlert {
  const { name, priority } = ruleSet.active[place] as RuleSet['active'][number];
  return { rule: name, priority, event, message };
}

function shownRules(ruleSet: RuleSet, findings: readonly Findings[], counts: readonly number[]): ShownRule[] {
  const places = new Map(ruleSet.active.map((rule, place) => [rule, place]));
  return ruleSet.rules.map((rule) => {
    const place = places.get(rule);
    return {
      name: rule.name,
      description: rule.description.trim(),
      priority: rule.priority,
      enabled: place !== undefined,
      fired: place === undefined ? 0 : (counts[place] as number),
      file: rule.span.source.name,
      offset: rule.span.start,
      undecidable: place === undefined ? undefined : findings[place]?.undecidable,
    };
  });
}
