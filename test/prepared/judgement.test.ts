import { describe, expect, it } from 'vitest';
import { check } from '../../engine/check.ts';
import { Detection, type DetectOptions } from '../../engine/detect.ts';
import { lacksFor, PreparedDetection } from '../../engine/detect-prepared.ts';
import { eventCode } from '../../engine/model/event-types.ts';
import { Source } from '../../engine/model/source.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { alertLine } from '../../engine/output/alert-line.ts';
import { timezoneOf } from '../../engine/output/timezone.ts';
import { lacksOf, storedRulesOf } from '../../engine/prepared/judgement.ts';
import { Preparation } from '../../engine/prepared/preparation.ts';
import { PreparedTrace } from '../../engine/prepared/prepared-trace.ts';
import { selectionOf } from '../../engine/prepared/selection.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { play } from '../../engine/scenario/play.ts';
import { readCases } from '../../engine/scenario/read-cases.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRuleFiles } from '../../functions/cli/rule-files.ts';
import { CONFORMANCE, describeConformance } from '../conformance/data.ts';
import { captureBytes, SMALL_CAPTURES } from '../conformance/small-captures.ts';
import { foldersWith, LIBRARY } from '../library.ts';

const ORIGIN = { engine: 'test', capture: 'test' };
const MATCHINGS = ['first', 'all'] as const;

function loaded(sources: readonly Source[]): RuleSet {
  const { ruleSet, results } = check(sources);
  if (ruleSet === undefined) throw new Error(results.flatMap(({ errors }) => errors.map((one) => one.message)).join());
  return ruleSet;
}

/** The alerts of a trace as lines, run and judged; the reports must be the same. */
function bothWays(
  feed: (sink: TraceSink) => void,
  ruleSets: readonly RuleSet[],
  options: Omit<DetectOptions, 'onAlert'> = {},
): readonly [string[], string[]][] {
  const preparation = new Preparation(selectionOf(ruleSets));
  feed(preparation);
  const trace = new PreparedTrace(preparation.finish(ORIGIN));
  return ruleSets.flatMap((ruleSet) =>
    MATCHINGS.map((matching): [string[], string[]] => {
      const [run, judged]: [string[], string[]] = [[], []];
      const detection = new Detection(ruleSet, {
        ...options,
        matching,
        onAlert: (alert) => run.push(`${alertJson(alert)} ${alertLine(alert)}`),
      });
      feed(detection);
      expect(lacksFor(ruleSet, trace)).toBeUndefined();
      const prepared = new PreparedDetection(ruleSet, trace, { ...options, matching });
      while (prepared.tell(3, (alert) => judged.push(`${alertJson(alert)} ${alertLine(alert)}`)));
      expect(prepared.report()).toEqual(detection.report());
      return [run, judged];
    }),
  );
}

const own = loaded(readRuleFiles([join(LIBRARY, 'rules')]));

describe('the alerts of a prepared trace', () => {
  it.each(foldersWith('scenario'))('are those of the trace itself: %s', (folder) => {
    const path = join(LIBRARY, folder, 'scenario.yaml');
    let alerts = 0;
    for (const { scenario } of readCases(new Source(path, readFileSync(path, 'utf8'))).cases) {
      for (const [run, judged] of bothWays((sink) => void play(scenario, sink), [own])) {
        expect(judged).toEqual(run);
        alerts += run.length;
      }
    }
    expect(alerts).toBeGreaterThanOrEqual(0);
  });

  it('are those of transformers, of relations between fields and of own comparisons too', () => {
    const odd = loaded([
      new Source(
        'odd.yaml',
        ODD_CONDITIONS.map(
          (condition, i) =>
            `- {rule: r${i}, desc: d, priority: INFO, condition: '${condition}', output: "%toupper(proc.name) %evt.args %evt.time.s %15fd.name %proc.aname[2] %evt.latency"}\n`,
        ).join(''),
      ),
    ]);
    let alerts = 0;
    for (const folder of foldersWith('scenario').slice(0, 40)) {
      const path = join(LIBRARY, folder, 'scenario.yaml');
      const [first] = readCases(new Source(path, readFileSync(path, 'utf8'))).cases;
      if (first === undefined) continue;
      for (const [run, judged] of bothWays((sink) => void play(first.scenario, sink), [odd])) {
        expect(judged).toEqual(run);
        alerts += run.length;
      }
    }
    expect(alerts).toBeGreaterThan(100);
  });

  it('are in the form that a run is asked for', () => {
    const options = { hostname: 'node-7', isoTime: true, timezone: timezoneOf('Asia/Kathmandu')! };
    const path = join(LIBRARY, 'shell-spawned-in-nginx', 'scenario.yaml');
    const [first] = readCases(new Source(path, readFileSync(path, 'utf8'))).cases;
    for (const [run, judged] of bothWays((sink) => void play(first!.scenario, sink), [own], options)) {
      expect(judged).toEqual(run);
      expect(run.join()).toContain('node-7');
    }
  });

  it('are those of rules with static fields', () => {
    const text =
      '- {rule: r, desc: d, priority: INFO, condition: evt.type = execve and static.node = a, output: "%static.node"}';
    const { ruleSet } = check([new Source('static.yaml', text)], { staticFields: [['node', 'a']] });
    const path = join(LIBRARY, 'shell-spawned-in-nginx', 'scenario.yaml');
    const [first] = readCases(new Source(path, readFileSync(path, 'utf8'))).cases;
    for (const [run, judged] of bothWays((sink) => void play(first!.scenario, sink), [ruleSet!])) {
      expect(judged).toEqual(run);
      expect(run.length).toBeGreaterThan(0);
    }
  });

  it('are not asked of a form that lacks something', () => {
    const few = loaded([
      new Source('few.yaml', '- {rule: r, desc: d, priority: INFO, condition: evt.type = kill, output: o}'),
    ]);
    const preparation = new Preparation(selectionOf([few]));
    const trace = new PreparedTrace(preparation.finish(ORIGIN));
    expect(lacksOf(storedRulesOf(few), trace)).toBeUndefined();
    expect(lacksOf(storedRulesOf(own), trace)?.types).toContain(eventCode('SYSCALL_EXECVE_19_X'));
    expect(lacksOf(storedRulesOf(own), trace)?.fields).toContain('proc.name');
    const raw = 'evt.type = kill and evt.rawarg.res < 0 and util.cnt > 3';
    const unfit = loaded([
      new Source('raw.yaml', `- {rule: r, desc: d, priority: INFO, condition: '${raw}', output: o}`),
    ]);
    expect(lacksOf(storedRulesOf(unfit), trace)?.unfit).toEqual(expect.arrayContaining(['evt.rawarg.res', 'util.cnt']));
  });
});

const ODD_CONDITIONS = [
  'evt.type in (execve, openat) and proc.name = proc.pname',
  'evt.type = execve and tolower(proc.exepath) contains bin and not proc.args = ""',
  'evt.type in (connect, sendto) and (fd.sip != 10.0.0.1 or fd.net in (10.0.0.0/8))',
  'evt.type = openat and len(fd.name) > 12 and fd.name glob "/*/*"',
  'evt.type in (openat, open) and basename(fd.name) = fd.filename',
  'evt.type = execve and proc.aname in (nginx, bash, systemd, runc)',
  'evt.type != openat and evt.rawres >= 0 and fd.num > 2',
  'evt.is_open_write = true or evt.is_open_read = true',
  'evt.num > 3 and evt.rawtime.ns >= 0 and evt.type = clone',
  'evt.rawres < 0 or evt.arg.flags contains O_RDONLY',
];

describeConformance('the alerts of a prepared recording', () => {
  const files = ['falco_rules.yaml', 'falco-incubating_rules.yaml', 'falco-sandbox_rules.yaml'];
  const paths = files.map((file) => join(CONFORMANCE, 'rules', file));
  const ruleSets = [loaded(readRuleFiles(paths)), loaded(readRuleFiles(paths.slice(0, 1)))];
  it.each(SMALL_CAPTURES)('are those of the recording itself: %s', (name) => {
    const bytes = captureBytes(name);
    const feed = (sink: TraceSink) => {
      const reader = new ScapReader(sink);
      reader.push(bytes);
      reader.end();
    };
    for (const [run, judged] of bothWays(feed, ruleSets)) expect(judged).toEqual(run);
  });
});
