import { Detection, type DetectOptions } from '../../../engine/detect.ts';
import type { Alert } from '../../../engine/model/alert.ts';
import { PRIORITIES } from '../../../engine/model/priority.ts';
import type { Report } from '../../../engine/model/report.ts';
import { alertJson } from '../../../engine/output/alert-json.ts';
import { alertLine } from '../../../engine/output/alert-line.ts';
import type { RuleSet } from '../../../engine/rules/rule-set.ts';
import { compareLines } from '../alert-lines.ts';
import { capturePath, feed } from '../captures.ts';
import { textOf, type ConformanceData } from '../conformance-data.ts';
import type { ConformanceSet } from '../conformance-set.ts';
import type { Tally } from '../tally.ts';
import { ruleSetOf, STABLE_FILES, UPSTREAM_FILES } from '../upstream-rules.ts';

/** Under this name the real Falco ran. */
export const HOSTNAME = 'oracle';

/** Alerts of the upstream rules over recorded captures: whole lines, byte for byte, in JSON and in text. */
export const ALERTS: ConformanceSet = {
  name: 'alerts',
  cases: 'alert lines, and lines of closing statistics',
  units: async (data) => (await data.list('alerts')).filter((file) => NAME.test(file)),
  compare,
};

/** `<capture>.<rules and matching>.<form>.gz` */
const NAME = /^(.*)\.(stable|all-first|all-matchall)\.(jsonl|txt|iso\.txt)\.gz$/;

async function compare(data: ConformanceData, unit: string, tally: Tally): Promise<void> {
  const [, capture, variant, form] = NAME.exec(unit) as unknown as [string, string, string, string];
  const lines = (await textOf(data, `alerts/${unit}`)).split('\n').slice(0, -1);
  const rules = await ruleSetOf(data, variant === 'stable' ? STABLE_FILES : UPSTREAM_FILES);
  const print = form === 'jsonl' ? alertJson : alertLine;
  const matching = variant === 'all-matchall' ? 'all' : 'first';
  const options = { matching, isoTime: form === 'iso.txt' } as const;
  const { alerts, report } = await detected(data, await capturePath(data, capture), rules, print, options);
  if (form === 'jsonl') return compareLines(lines, alerts, tally);
  // Only a text ends with statistics.
  const end = lines.findIndex((line) => line.startsWith('Events detected: '));
  compareLines(lines.slice(0, end), alerts, tally);
  const statistics = statisticsOf(report);
  lines.slice(end).forEach((line, index) => tally.compare('closing statistics', line, statistics[index] ?? ''));
}

/** Runs rules over a file of the data. */
export async function detected(
  data: ConformanceData,
  path: string,
  ruleSet: RuleSet,
  print: (alert: Alert) => string,
  options: Omit<DetectOptions, 'onAlert'>,
): Promise<{ readonly alerts: readonly string[]; readonly report: Report }> {
  const alerts: string[] = [];
  const onAlert = (alert: Alert): void => void alerts.push(print(alert));
  const detection = new Detection(ruleSet, { hostname: HOSTNAME, ...options, onAlert });
  await feed(data, path, detection, { wants: detection.wants });
  return { alerts, report: detection.report() };
}

/** What Falco prints at its end. */
function statisticsOf({ alerts, rules }: Report): string[] {
  const fired = rules.filter((rule) => rule.fired > 0);
  const severities = PRIORITIES.map((priority) => {
    const count = fired.reduce((sum, rule) => sum + (rule.priority === priority ? rule.fired : 0), 0);
    return [priority === 'Informational' ? 'INFO' : priority.toUpperCase(), count] as const;
  });
  const listed = ([name, count]: readonly [string, number]): string => `   ${name}: ${count}`;
  return [
    `Events detected: ${alerts}`,
    'Rule counts by severity:',
    ...severities.filter(([, count]) => count > 0).map(listed),
    'Triggered rules by rule name:',
    ...fired.map(({ rule, fired: count }) => listed([rule, count])),
  ];
}
