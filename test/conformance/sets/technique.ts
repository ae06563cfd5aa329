import { readHosts } from '../../../engine/compare/hosts.ts';
import { Source } from '../../../engine/model/source.ts';
import { alertJson } from '../../../engine/output/alert-json.ts';
import { DEFAULT_APPEND_OUTPUT } from '../../../engine/output/append-output.ts';
import { compareLines } from '../alert-lines.ts';
import { textOf, type ConformanceData } from '../conformance-data.ts';
import type { ConformanceSet } from '../conformance-set.ts';
import { normalJson } from '../exact-json.ts';
import type { Tally } from '../tally.ts';
import { ruleSetOf, UPSTREAM_FILES } from '../upstream-rules.ts';
import { detected } from './alerts.ts';

/** Recordings of single techniques, each with the rule that it is for: an attacker's action, and a benign look-alike. */
export const TECHNIQUE: ConformanceSet = {
  name: 'technique',
  cases: 'alert lines, and for each recording which rules fired how often',
  units: async (data) => {
    const folders = (await data.list('technique')).filter((name) => name !== RULES);
    return folders.flatMap((folder) => [`${folder}/fires`, `${folder}/quiet`]);
  },
  compare,
};

/** The folder of rules that some recordings need beside the upstream ones. */
const RULES = 'rules';

/** What is known of a recording. */
interface Meta {
  readonly rule: string;
  readonly extra_rules: string | null;
  readonly replay_hosts: string | null;
  readonly fires: Recording;
  readonly quiet: Recording;
}

interface Recording {
  readonly fired_rules: Readonly<Record<string, number>>;
}

async function compare(data: ConformanceData, unit: string, tally: Tally): Promise<void> {
  const [folder, side] = unit.split('/') as [string, 'fires' | 'quiet'];
  const meta = JSON.parse(await textOf(data, `technique/${folder}/meta.json`)) as Meta;
  const extra = meta.extra_rules === null ? [] : [`technique/${RULES}/${meta.extra_rules}`];
  const rules = await ruleSetOf(data, [...UPSTREAM_FILES, ...extra], { appendOutput: DEFAULT_APPEND_OUTPUT });
  const { hosts } = readHosts(new Source('hosts', meta.replay_hosts ?? ''));
  const { alerts, report } = await detected(data, `technique/${unit}.scap.gz`, rules, alertJson, {
    matching: 'all',
    hosts,
  });
  // These lines were written anew by another program, which escapes other characters.
  const lines = (await textOf(data, `technique/${unit}.alerts.jsonl`)).split('\n').filter((line) => line !== '');
  compareLines(lines.map(normalJson), alerts.map(normalJson), tally);
  const fired = report.rules.filter((rule) => rule.fired > 0).map((rule) => [rule.rule, rule.fired] as const);
  tally.compare(`rules that fire, for ${meta.rule}`, listed(Object.entries(meta[side].fired_rules)), listed(fired));
}

function listed(counts: readonly (readonly [string, number])[]): string {
  return counts
    .map(([rule, count]) => `${rule}: ${count}`)
    .toSorted()
    .join(', ');
}
