import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { MAX_ALERTS_JUDGED, MAX_FAILURES_LISTED, MAX_NEAREST_EVENTS } from '../model/limits.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { Expectation } from '../scenario/expect.ts';
import { expectedOf, type ExpectedOf } from './expected-of.ts';
import { spanInFile } from './inline.ts';
import { judge, type Verdict } from './judge.ts';
import { namesOf } from './named-rules.ts';
import { nearestEvent, type Ran } from './nearest-event.ts';
import { findingOf, placeOf } from './place.ts';
import type { PlannedTest } from './planned-test.ts';
import { playingsOf, type Playing } from './played.ts';
import type { Raised, Scene } from './raised.ts';
import type { Failure, TestResult } from './result.ts';
import type { SuiteFiles } from './suite-files.ts';
import type { TestFile } from './test-file.ts';
import type { BeginRun, TestRun } from './test-run.ts';
import { unknownActors, unknownRules } from './unknown-names.ts';

/** What tests of one file run with. */
export interface TestContext {
  readonly file: TestFile;
  readonly ruleSet: RuleSet;
  /** All tests of the file. */
  readonly tests: readonly PlannedTest[];
  readonly files: SuiteFiles;
  readonly beginRun: BeginRun;
  /** Number of the rule set in the coverage. */
  readonly group: number;
}

/** One run, judged. */
export interface JudgedTest {
  readonly result: TestResult;
  /** Undefined where nothing could be run. */
  readonly judged: Judged | undefined;
}

/** What writing expectations anew works on. */
export interface Judged {
  readonly playing: Playing;
  readonly expected: ExpectedOf;
  readonly verdicts: readonly Verdict[];
  readonly raised: readonly Raised[];
  readonly scene: Scene;
}

/** Runs a planned test: one result for each case of its scenario. */
export async function runTest(test: PlannedTest, context: TestContext): Promise<JudgedTest[]> {
  const { playings, diagnostics } = playingsOf(test, context.files);
  if (playings.length === 0) return [{ result: notRun(test, context, diagnostics), judged: undefined }];
  const found: JudgedTest[] = [];
  for (const playing of playings) found.push(await runCase(test, playing, context, diagnostics));
  return found;
}

async function runCase(
  test: PlannedTest,
  playing: Playing,
  context: TestContext,
  before: readonly Diagnostic[],
): Promise<JudgedTest> {
  const { ruleSet, files } = context;
  const name = playing.caseName === '' ? test.name : `${test.name} [${playing.caseName}]`;
  const expected = expectedOf(test, playing, files, context.tests);
  const unknown = unknownRules(expected.list, ruleSet).map((one) => inFile(one, test));
  if (unknown.length > 0) {
    const result = notRun(test, context, [...before, ...unknown]);
    return { result: { ...result, name }, judged: undefined };
  }
  const run = begin(test, playing, context);
  const { pids, diagnostics } = await playing.play(run);
  const nobody = unknownActors(expected.list, pids.keys()).map((one) => inFile(one, test));
  const wrong = [...before, ...diagnostics, ...nobody, ...tooLoud(run, test)];
  const scene = { pids, firstTime: run.firstTime };
  const list = expected.list.length === 0 ? [silence(expected)] : expected.list;
  const verdicts = judge(list, run.raised, scene);
  const missed = verdicts.filter(({ isMet }) => !isMet);
  const failures: Failure[] = [];
  const ran = { test, playing, context, scene, explained: new Set<string>() };
  for (const verdict of missed.slice(0, MAX_FAILURES_LISTED)) {
    failures.push(await failureOf(verdict, expected, run.events, ran));
  }
  const names = namesOf(expected, ruleSet, run);
  const status = hasErrors(wrong) ? 'error' : failures.length > 0 ? 'failed' : 'passed';
  const result: TestResult = {
    name,
    file: test.span.source.name,
    input: inputName(test),
    place: placeOf(test.span),
    status,
    failures,
    findings: wrong.map((one) => findingOf(one)),
    events: run.events,
    fired: countsOf(run.raised),
    ...(status === 'passed' ? names : { positive: [], negative: [], idle: [] }),
    group: context.group,
  };
  return { result, judged: { playing, expected, verdicts, raised: run.raised, scene } };
}

function begin({ matching }: PlannedTest, { hosts }: Playing, { file, ruleSet, beginRun }: TestContext): TestRun {
  return beginRun(ruleSet, { ...file.configuration?.run, matching, hosts: new Map([...hosts, ...file.hosts]) });
}

function tooLoud({ isTooLoud }: TestRun, { span }: PlannedTest): Diagnostic[] {
  if (!isTooLoud) return [];
  const message = `there are more than ${MAX_ALERTS_JUDGED} alerts; those behind are not judged`;
  return [{ code: 'LIMIT_ALERTS_JUDGED', severity: 'error', message, span }];
}

/** Nothing is expected: silence. */
function silence({ span }: ExpectedOf): Expectation {
  return { kind: 'no other alerts', span };
}

async function failureOf(verdict: Verdict, expected: ExpectedOf, events: number, ran: Ran): Promise<Failure> {
  const { expectation, came, nearest } = verdict;
  const isSilence = expected.list.length === 0;
  const rule = 'rule' in expectation ? expectation.rule : undefined;
  const isBounded = ran.explained.size * events <= MAX_NEAREST_EVENTS;
  const event = nearest.length > 0 || !isBounded ? [] : await nearestEvent(verdict, ran);
  return {
    expected: isSilence ? 'silence' : verdict.expected,
    came,
    nearest: [...nearest, ...event],
    rule,
    place: placeOf(inFile({ span: expectation.span }, ran.test).span),
  };
}

function notRun(test: PlannedTest, { group }: TestContext, diagnostics: readonly Diagnostic[]): TestResult {
  return {
    name: test.name,
    file: test.span.source.name,
    input: inputName(test),
    place: placeOf(test.span),
    status: 'error',
    failures: [],
    findings: diagnostics.map((one) => findingOf(one)),
    events: 0,
    fired: [],
    positive: [],
    negative: [],
    idle: [],
    group,
  };
}

/** What is said of a story within the test file is said of the file. */
function inFile<T extends Pick<Diagnostic, 'span'>>(one: T, { input, span: { source } }: PlannedTest): T {
  if (one.span === undefined || input.kind !== 'inline' || one.span.source !== input.source) return one;
  return { ...one, span: spanInFile(one.span, source, input.shift) };
}

/** The file that a test runs; a story within the test file is that file. */
export function inputName({ input }: PlannedTest): string {
  return input.kind === 'inline' ? input.source.name : input.path;
}

function countsOf(raised: readonly Raised[]): TestResult['fired'] {
  const counts = new Map<string, number>();
  for (const { alert } of raised) counts.set(alert.rule, (counts.get(alert.rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => ({ rule, count }));
}
