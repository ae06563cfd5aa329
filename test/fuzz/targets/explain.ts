import { check } from '../../../engine/check.ts';
import { Detection } from '../../../engine/detect.ts';
import { eventFacts } from '../../../engine/explanation/event-facts.ts';
import { MomentExplainer } from '../../../engine/explanation/explain-moment.ts';
import { answerJson } from '../../../engine/explanation/explanation-json.ts';
import { nearMissText } from '../../../engine/explanation/near-miss-text.ts';
import { NearMisses } from '../../../engine/explanation/near-misses.ts';
import { Source } from '../../../engine/model/source.ts';
import type { RuleSet } from '../../../engine/rules/rule-set.ts';
import { eachMoment, tellBriefTrace } from '../brief-trace.ts';
import { promise, type Target } from '../target.ts';
import { checkText } from '../words/condition.ts';
import { baseItems } from '../words/rules.ts';
import { rules } from './rules.ts';

/** Rules that are explained, and one moment of so many at which they are. */
const MAX_RULES = 6;
const EACH = 40;

/** Rule files whose rules are explained over a trace: nothing may contradict the alerts, and no text holds controls. */
export const explain: Target<string> = {
  name: 'explain',
  kind: 'text',
  brief: 100,
  make: (random) => (random.once(3) ? (rules.make(random) as string) : ruleOf(checkText(random))),
  change: (text, random) => rules.change(text, random) as string,
  run(text) {
    const { lastRuleSet } = check([new Source('rules.yaml', text)]);
    if (lastRuleSet === undefined) return ['not loaded'];
    const active = lastRuleSet.active.slice(0, MAX_RULES);
    const ruleSet: RuleSet = { ...lastRuleSet, active };
    return [...searched(ruleSet), ...explained(ruleSet)];
  },
};

/** A rule with this condition. */
function ruleOf(condition: string): string {
  return `${baseItems()}- {rule: made up, desc: d, output: o, priority: INFO, condition: ${JSON.stringify(condition)}}\n`;
}

/** Near misses of each rule; they count its alerts as a run does. */
function searched(ruleSet: RuleSet): string[] {
  const fired = new Map<string, number>();
  const onAlert = ({ rule }: { rule: string }) => void fired.set(rule, (fired.get(rule) ?? 0) + 1);
  tellBriefTrace(new Detection(ruleSet, { matching: 'all', onAlert }));
  return ruleSet.active.map((rule) => {
    const search = new NearMisses(ruleSet, rule, { matching: 'all' });
    tellBriefTrace(search);
    const report = search.report();
    const alerts = fired.get(rule.name) ?? 0;
    promise(report.fired === alerts, `a search counts ${report.fired} alerts, a run ${alerts}`);
    JSON.parse(answerJson({ kind: 'rule', report }));
    for (const miss of report.misses) promise(isPrintable(nearMissText(miss)), 'a near miss holds a control character');
    return `${report.misses[0]?.changes.length ?? 'no'} checks missing`;
  });
}

/** Truth tables at some moments, whose whole must be what the rule made of them. */
function explained(ruleSet: RuleSet): string[] {
  const explainer = new MomentExplainer(ruleSet, { matching: 'all' });
  const found = new Set<string>();
  let moments = 0;
  eachMoment((moment) => {
    if (moments++ % EACH !== 0) return;
    for (const rule of ruleSet.active) {
      const explanation = explainer.explain(rule, moment);
      const { holds, outcome, table } = explanation;
      promise(table?.rows[0]?.holds === holds, 'a table has another verdict than its rule');
      const event = eventFacts(moment);
      JSON.parse(
        answerJson({ kind: 'event', explanation: { event, visible: true, explanations: [explanation], ruleCount: 1 } }),
      );
      for (const { check: one } of table?.rows ?? []) {
        if (one === undefined) continue;
        found.add(`${one.operator} ${one.reason.code}`);
        promise(isPrintable(`${one.check}${one.value}${one.reason.text}`), 'a check holds a control character');
      }
      found.add(outcome);
    }
  });
  return [...found];
}

function isPrintable(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}
