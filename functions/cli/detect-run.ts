import { check } from '../../engine/check.ts';
import { Detection } from '../../engine/detect.ts';
import type { Alert } from '../../engine/model/alert.ts';
import { hasErrors } from '../../engine/model/diagnostic.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { alertLine } from '../../engine/output/alert-line.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { EXIT, type Given, type Terminal } from './command.ts';
import { rulesInput } from './config-file.ts';
import { matchingFrom, priorityFrom } from './detect-flags.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { hostsOf } from './hosts-file.ts';
import { summaryJson, summaryText } from './summary.ts';
import { timezoneFrom } from './timezone-flag.ts';
import { openTrace } from './trace-feed.ts';

/** Rules that are loaded, to be run over one trace after the other. */
export interface DetectRun {
  readonly isJson: boolean;
  readonly ruleSet: RuleSet;
  /**
   * Runs a trace and prints what comes; gives the exit code.
   *
   * @param rules in place of those that were loaded
   */
  over(path: string, terminal: Terminal, rules?: RuleSet): Promise<number>;
}

/** Loads the rules that are given and says what is to be said of them; an exit code where they don't load. */
export async function detectRun(given: Given, terminal: Terminal): Promise<DetectRun | number> {
  const priority = priorityFrom(given);
  const input = await rulesInput(given.flags('rules'), given, terminal);
  if (typeof input === 'number') return input;
  const { sources, configuration } = input;
  const load = { ...configuration?.load, ...(priority === undefined ? {} : { priority }) };
  const { ruleSet, results } = check(sources, load);
  reportDiagnostics(
    results.flatMap((file) => [...file.errors, ...file.warnings, ...file.lints]),
    terminal,
  );
  if (ruleSet === undefined) return EXIT.NO;
  const isJson = given.has('json') || configuration?.jsonOutput === true;
  const print = isJson ? (alert: Alert) => alertJson(alert, configuration?.json) : alertLine;
  const hostname = given.flag('hostname');
  return {
    isJson,
    ruleSet,
    async over(path, to, rules = ruleSet) {
      const trace = openTrace(path, given, to);
      let lines: string[] = [];
      const detection = new Detection(rules, {
        hosts: new Map([...trace.hosts, ...hostsOf(given, to)]),
        timezone: timezoneFrom(given),
        ...configuration?.run,
        ...matchingFrom(given),
        ...(hostname === undefined ? {} : { hostname }),
        onAlert: (alert) => void lines.push(print(alert)),
      });
      const found = await trace.feed(detection, async () => {
        const ready = lines;
        lines = [];
        if (ready.length > 0) await to.write(`${ready.join('\n')}\n`);
      });
      reportDiagnostics(found, to);
      if (given.has('summary')) await to.write((isJson ? summaryJson : summaryText)(detection.report()));
      return hasErrors(found) ? EXIT.UNREADABLE : EXIT.YES;
    },
  };
}
