import type { Hosts } from '../compare/hosts.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Source, Span } from '../model/source.ts';
import { hostsOfScenario } from '../scenario/hosts.ts';
import { play } from '../scenario/play.ts';
import { readCases } from '../scenario/read-cases.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { diagnosticInFile } from './inline.ts';
import type { PlannedTest } from './planned-test.ts';
import type { Scene } from './raised.ts';
import type { SuiteFiles, TraceTaker } from './suite-files.ts';

/** One thing that a test plays into the rules. */
export interface Playing {
  /** Empty, or the name of a case. */
  readonly caseName: string;
  readonly scenario: Scenario | undefined;
  /** The text of the scenario. */
  readonly source: Source | undefined;
  readonly hosts: Hosts;
  /** Plays it again, the same each time. */
  play(sink: TraceTaker): Promise<{ pids: Scene['pids']; diagnostics: readonly Diagnostic[] }>;
}

/** What a test plays: its scenario's cases, or its trace. Diagnostics with an error: there is nothing to play. */
export function playingsOf(
  { input, span, entry }: PlannedTest,
  files: SuiteFiles,
): { playings: readonly Playing[]; diagnostics: readonly Diagnostic[] } {
  if (input.kind === 'trace') {
    const missing = files.has(input.path) ? [] : [noFile(input.path, span)];
    return { playings: missing.length > 0 ? [] : [traceOf(input.path, files)], diagnostics: missing };
  }
  if (input.kind === 'inline') {
    const read = casesOf(input.source);
    const file = entry.span.source;
    return { ...read, diagnostics: read.diagnostics.map((one) => diagnosticInFile(one, file, input.shift)) };
  }
  const { sources, diagnostics } = files.has(input.path) ? files.texts(input.path) : NOTHING;
  const [source] = sources;
  if (source !== undefined) return casesOf(source);
  return { playings: [], diagnostics: diagnostics.length > 0 ? diagnostics : [noFile(input.path, span)] };
}

const NOTHING = { sources: [], diagnostics: [] };

function casesOf(source: Source): { playings: Playing[]; diagnostics: readonly Diagnostic[] } {
  const { cases, diagnostics } = readCases(source);
  return { playings: cases.map((one) => storyOf(one.name, one.scenario, source)), diagnostics };
}

function storyOf(caseName: string, scenario: Scenario, source: Source): Playing {
  return {
    caseName,
    scenario,
    source,
    hosts: hostsOfScenario(scenario),
    play: async (sink) => ({ pids: play(scenario, sink).pids, diagnostics: [] }),
  };
}

function traceOf(path: string, files: SuiteFiles): Playing {
  return {
    caseName: '',
    scenario: undefined,
    source: undefined,
    hosts: new Map(),
    play: async (sink) => ({ pids: new Map(), diagnostics: await files.feed(path, sink) }),
  };
}

function noFile(path: string, span: Span): Diagnostic {
  const isPattern = /[*?{]/.test(path);
  const message = isPattern ? `no file fits the pattern ${path}` : `there is no file ${path}`;
  return { code: 'TEST_FILE_MISSING', severity: 'error', message, span };
}
