import { Detection } from './detect.ts';
import { lacksFor, needsTrace, PreparedDetection } from './detect-prepared.ts';
import type { Alert } from './model/alert.ts';
import { EVENT_TYPES } from './model/event-types.ts';
import type { Event } from './model/event.ts';
import { MAX_ALERTS_JUDGED, MAX_TESTS } from './model/limits.ts';
import type { Source } from './model/source.ts';
import type { Lacks } from './prepared/judgement.ts';
import type { PreparedTrace } from './prepared/prepared-trace.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { newTestText, type NewTestOptions } from './suite/new-test.ts';
import type { PlannedTest } from './suite/planned-test.ts';
import { prepareScenarios, prepareSuite, type GivenRules, type PreparedSuite } from './suite/prepared-suite.ts';
import type { Raised } from './suite/raised.ts';
import { suiteReport, unpreparedResults } from './suite/report.ts';
import type { SuiteReport, TestResult } from './suite/result.ts';
import { rewrite, type Rewriting, type RunTest } from './suite/rewrite/rewrite.ts';
import { RuleSets } from './suite/rule-sets.ts';
import { runTest, type JudgedTest } from './suite/run-test.ts';
import type { SuiteFiles, Variables } from './suite/suite-files.ts';
import type { Side } from './suite/test-file.ts';
import type { TestRun, TestRunOptions } from './suite/test-run.ts';

/** Something to verify: a test file, or a scenario that is a test by what it expects itself. */
export interface VerifyInput {
  readonly kind: 'test file' | 'scenario';
  readonly source: Source;
}

/** How tests are run. */
export interface VerifyOptions {
  /** What `${NAME}` in paths of test files stands for; nothing unless given. */
  readonly variables?: Variables;
  /** Used in place of the rules that test files name; scenarios need them. */
  readonly rules?: GivenRules | undefined;
  /** Sides on which every rule must have a test, beside those that test files name. */
  readonly require?: readonly Side[];
}

/** A planned test with the suite that it belongs to. */
export interface SuiteTest {
  readonly suite: PreparedSuite;
  readonly test: PlannedTest;
}

/**
 * Test files and scenarios with their rules loaded. Tests are numbered over all files, so that several threads can each
 * run a share; results are put together in their order.
 */
export class Verification {
  readonly suites: readonly PreparedSuite[];
  readonly tests: readonly SuiteTest[];
  readonly #files: SuiteFiles;
  readonly #require: readonly Side[];
  readonly #groups: RuleSet[];

  constructor(inputs: readonly VerifyInput[], files: SuiteFiles, options: VerifyOptions = {}) {
    const ruleSets = new RuleSets();
    const prepare = { variables: options.variables ?? new Map(), rules: options.rules, ruleSets };
    this.#files = files;
    this.#require = options.require ?? [];
    const suites = inputs.flatMap(({ kind, source }) =>
      kind === 'scenario' ? [] : [prepareSuite(source, files, prepare)],
    );
    const [scenario, ...more] = inputs.flatMap(({ kind, source }) => (kind === 'scenario' ? [source] : []));
    if (scenario !== undefined) suites.push(prepareScenarios([scenario, ...more], files, prepare));
    this.suites = suites;
    const tests = this.suites.flatMap((suite) => suite.tests.map((test) => ({ suite, test })));
    this.tests = tests.slice(0, MAX_TESTS);
    this.#groups = [...new Set(this.suites.flatMap(({ ruleSet }) => ruleSet ?? []))];
  }

  /** Runs one test: a result for each case of its scenario. */
  async run(number: number): Promise<TestResult[]> {
    return (await this.judged(number)).map(({ result }) => result);
  }

  /** Runs one test and keeps what it was judged by. */
  async judged(number: number): Promise<JudgedTest[]> {
    const { suite, test } = this.tests[number] as SuiteTest;
    const { file, ruleSet } = suite;
    if (file === undefined || ruleSet === undefined) return [];
    const group = this.#groups.indexOf(ruleSet);
    return runTest(test, { file, ruleSet, tests: suite.tests, files: this.#files, beginRun, group });
  }

  /** Runs all tests and writes what came in the place of expectations that are not met. */
  async rewritten(): Promise<Rewriting> {
    const run: RunTest[] = [];
    for (const [number, { test }] of this.tests.entries()) {
      for (const { judged } of await this.judged(number)) if (judged !== undefined) run.push({ test, judged });
    }
    return rewrite(run);
  }

  /** The report of all tests, from the results of each in their order. */
  report(results: readonly (readonly TestResult[])[]): SuiteReport {
    const bySuite = new Map<PreparedSuite, TestResult[]>(this.suites.map((suite) => [suite, unpreparedResults(suite)]));
    this.tests.forEach(({ suite }, number) => bySuite.get(suite)?.push(...(results[number] ?? [])));
    return suiteReport(bySuite, this.#groups, this.#require);
  }
}

/** Runs tests one after the other and reports. */
export async function verify(
  inputs: readonly VerifyInput[],
  files: SuiteFiles,
  options: VerifyOptions = {},
): Promise<SuiteReport> {
  const verification = new Verification(inputs, files, options);
  const results: TestResult[][] = [];
  for (let number = 0; number < verification.tests.length; number++) results.push(await verification.run(number));
  return verification.report(results);
}

/** A test file that expects what rules say of a recording or scenario now; undefined when that can't be read. */
export function newTest(path: string, files: SuiteFiles, options: NewTestOptions): ReturnType<typeof newTestText> {
  return newTestText(path, files, options, beginRun);
}

/** Begins a run of rules over a trace that keeps what was raised. */
export function beginRun(ruleSet: RuleSet, options: TestRunOptions): TestRun {
  return new WatchedDetection(ruleSet, options);
}

/** Alerts of a prepared trace that are made before it is looked whether there are too many. */
const ALERTS_AT_ONCE = 1_000;

/** A detection that keeps its alerts with who caused them, and which event types came. */
class WatchedDetection extends Detection implements TestRun {
  readonly raised: Raised[];
  readonly seenTypes = new Uint8Array(EVENT_TYPES.length);
  firstTime = 0n;
  events = 0;
  isTooLoud = false;
  readonly #ruleSet: RuleSet;
  readonly #options: TestRunOptions;
  #tid = -1;

  constructor(ruleSet: RuleSet, options: TestRunOptions) {
    super(ruleSet, { ...options, onAlert: (alert) => this.#raise(alert, this.#tid) });
    this.raised = [];
    this.#ruleSet = ruleSet;
    this.#options = options;
  }

  takePrepared(trace: PreparedTrace): Lacks | undefined {
    if (needsTrace(this.#options)) return { fields: [], types: [], unfit: ['names of addresses'] };
    const lacks = lacksFor(this.#ruleSet, trace);
    if (lacks !== undefined) return lacks;
    const detection = new PreparedDetection(this.#ruleSet, trace, this.#options);
    const raise = (alert: Alert, tid: number): void => this.#raise(alert, tid);
    while (!this.isTooLoud && detection.tell(ALERTS_AT_ONCE, raise));
    this.events = trace.head.events;
    this.firstTime = BigInt(trace.head.firstTime ?? 0);
    this.seenTypes.set(trace.carried.seen);
    return undefined;
  }

  #raise(alert: Alert, tid: number): void {
    if (this.raised.length < MAX_ALERTS_JUDGED) this.raised.push({ alert, tid });
    else this.isTooLoud = true;
  }

  override event(event: Event): void {
    if (this.events++ === 0) this.firstTime = event.time();
    this.seenTypes[event.type] = 1;
    this.#tid = event.tid;
    super.event(event);
  }
}
