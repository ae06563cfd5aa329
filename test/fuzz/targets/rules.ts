import { check, loadResultsJson, loadResultsText } from '../../../engine/check.ts';
import { Detection } from '../../../engine/detect.ts';
import { Source } from '../../../engine/model/source.ts';
import { alertJson } from '../../../engine/output/alert-json.ts';
import { DEFAULT_APPEND_OUTPUT } from '../../../engine/output/append-output.ts';
import type { RuleSet } from '../../../engine/rules/rule-set.ts';
import { plainCounts, tellBriefTrace } from '../brief-trace.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeText } from '../mutate/text.ts';
import { ownRuleFiles, ruleFiles, ruleItems } from '../samples.ts';
import { promise, type Target } from '../target.ts';
import { baseItems, RULE_WORDS, ruleItemText } from '../words/rules.ts';

/** Where one file of an input ends and the next begins. */
const NEXT_FILE = '\n# next file\n';
/** Rules up to which each is decided on each event. */
const MAX_DECIDED = 50;

/** Rule files from their text to their alerts. */
export const rules: Target<string> = {
  name: 'rules',
  kind: 'text',
  brief: 250,
  make(random) {
    if (random.once(4)) return random.pick(random.once(12) ? ruleFiles() : ownRuleFiles());
    const items = Array.from({ length: random.count(8) }, () =>
      random.once(2) ? random.pick(ruleItems()) : ruleItemText(random),
    );
    return (random.once(3) ? '' : baseItems()) + items.join(random.once(6) ? NEXT_FILE : '\n');
  },
  change: (text, random) => changeText(text, random, { words: RULE_WORDS, samples: ruleItems() }),
  run(text) {
    const sources = text.split(NEXT_FILE, 8).map((file, i) => new Source(`${i}.yaml`, file));
    const loaded = check(sources, text.length % 3 === 0 ? { appendOutput: DEFAULT_APPEND_OUTPUT } : {});
    JSON.parse(loadResultsJson(loaded));
    loadResultsText(loaded);
    const found = loaded.results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
    promise(loaded.results.length === sources.length, 'there is not one result for each file');
    const { lastRuleSet } = loaded;
    const kinds = heldDiagnostics(found);
    return lastRuleSet === undefined || lastRuleSet.active.length > MAX_DECIDED
      ? kinds
      : [...kinds, ...decided(lastRuleSet)];
  },
};

/** Runs rules over the trace; the plan must find what the plain way finds. */
function decided(ruleSet: RuleSet): string[] {
  const { active } = ruleSet;
  let alerts = 0;
  const detection = new Detection(ruleSet, {
    matching: 'all',
    onAlert(alert) {
      alerts++;
      JSON.parse(alertJson(alert));
    },
  });
  tellBriefTrace(detection);
  const plain = plainCounts(active)?.reduce((sum, count) => sum + count, 0);
  promise(plain === undefined || plain === alerts, `the plan gives ${alerts} alerts, the plain way ${plain}`);
  return [`alerts about ${Math.round(Math.log2(1 + alerts))}`, `${active.length} rules`];
}
