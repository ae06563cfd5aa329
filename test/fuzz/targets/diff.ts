import { changeJson } from '../../../engine/change/change-json.ts';
import { changeMarkdown } from '../../../engine/change/change-markdown.ts';
import { check } from '../../../engine/check.ts';
import { Detection } from '../../../engine/detect.ts';
import { readChange } from '../../../engine/diff.ts';
import { Source } from '../../../engine/model/source.ts';
import type { RuleSet } from '../../../engine/rules/rule-set.ts';
import { tellBriefTrace } from '../brief-trace.ts';
import { changeText } from '../mutate/text.ts';
import { ownRuleFiles, ruleItems } from '../samples.ts';
import { promise, type Target } from '../target.ts';
import { editedRules, someRules } from '../words/rule-change.ts';
import { RULE_WORDS } from '../words/rules.ts';

/** Between the rules before and after a change. */
const CHANGE = '\n# after the change\n';
/** Rules up to which a change is run. */
const MAX_RUN = 300;

/** Two rule files, mostly alike, to what the step from one to the other does. */
export const diff: Target<string> = {
  name: 'diff',
  kind: 'text',
  brief: 20,
  make(random) {
    const items = someRules(ownRuleFiles(), random);
    return items.join('') + CHANGE + editedRules(items, random).join('');
  },
  change: (text, random) => changeText(text, random, { words: RULE_WORDS, samples: ruleItems() }),
  run(text) {
    const [from = '', to = ''] = text.split(CHANGE, 2);
    const [old, now] = [[new Source('from.yaml', from)], [new Source('to.yaml', to)]];
    const { change } = readChange(old, now);
    const [before, after] = [check(old).ruleSet, check(now).ruleSet];
    promise((change === undefined) === (before === undefined || after === undefined), 'it loads rules otherwise');
    if (change === undefined || before === undefined || after === undefined) return ['does not load'];
    if (before.active.length + after.active.length > MAX_RUN) return ['many rules'];
    const matching = text.length % 2 === 0 ? 'first' : 'all';
    const run = change.run({ name: 'brief', label: 'unknown' }, { matching });
    tellBriefTrace(run);
    const report = change.report();
    const { totals, groups, edits } = report;
    promise(totals.alertsBefore === alertsOf(before, matching), 'it counts the alerts before otherwise than a run');
    promise(totals.alertsAfter === alertsOf(after, matching), 'it counts the alerts after otherwise than a run');
    const counted = groups.reduce((sum, { count }) => sum + count, 0);
    promise(counted === totals.appeared + totals.vanished + totals.changed, 'groups and counts differ');
    promise(
      groups.every(({ cause }) => cause.how !== 'unsearched'),
      'it finds no cause',
    );
    promise(counted === 0 || edits.length > 0, 'alerts differ although nothing was edited');
    JSON.parse(changeJson(report));
    changeMarkdown(report);
    return [...edits.map(({ kind }) => kind), ...groups.map(({ kind, cause }) => `${kind} ${cause.how}`)];
  },
};

function alertsOf(ruleSet: RuleSet, matching: 'first' | 'all'): number {
  let alerts = 0;
  const onAlert = () => void alerts++;
  tellBriefTrace(new Detection(ruleSet, { matching, onAlert }));
  return alerts;
}
