import { diagnosticText } from '../../model/diagnostic-text.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import { MAX_PROOF_EVENTS, MAX_PROOF_TESTS } from '../../model/limits.ts';
import { Source } from '../../model/source.ts';
import { givenFiles } from '../../suite/given-files.ts';
import { plannedTests, type PlannedTest } from '../../suite/planned-test.ts';
import { readTestFile } from '../../suite/read-test-file.ts';
import type { TestResult } from '../../suite/result.ts';
import { runTest } from '../../suite/run-test.ts';
import type { SuiteFiles } from '../../suite/suite-files.ts';
import type { TestFile } from '../../suite/test-file.ts';
import type { Grading } from '../grade.ts';
import { loadStack, type RuleStack } from '../rule-stack.ts';
import type { Task } from '../task.ts';
import type { ProofDemand } from '../task-check.ts';

/** Tests that are told of when they fail on the rules as they are. */
const MOST = 3;

/** Tests that were handed in, ready to be run by any rules. */
interface Tests {
  readonly file: TestFile;
  readonly planned: readonly PlannedTest[];
  /** What the test file names: other files that were handed in. */
  readonly files: SuiteFiles;
}

/** Stacks of mutants by the text of the mutated file, for each task: several checks may ask for the same. */
const MUTANTS = new WeakMap<Task, Map<string, RuleStack>>();

/**
 * A test file proves a rule: its tests pass on the rules that the task starts from, some of them want the rule to fire and
 * some want it silent, and on enough mutants of the rules one of them fails.
 */
export async function gradeProof(demand: ProofDemand, grading: Grading): Promise<string[]> {
  const { path, rule, positive, negative } = demand;
  const { task, handedIn } = grading;
  const text = handedIn.get(path);
  if (text === undefined) return [`there is no file ${path}`];
  const files = givenFiles([...handedIn].map(([name, content]) => new Source(name, content)));
  const { file, diagnostics } = readTestFile(new Source(path, text), files, new Map());
  if (file === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').slice(0, MOST);
    return [`${path} can't be read as tests:`, ...errors.flatMap((one) => diagnosticText(one).split('\n'))];
  }
  const tests = { file, planned: plannedTests(file, files), files };
  if (tests.planned.length === 0) return [`there is no test in ${path} yet`];
  if (tests.planned.length > MAX_PROOF_TESTS) {
    return [`there are ${tests.planned.length} tests in ${path}; ${MAX_PROOF_TESTS} are run at most`];
  }
  const results: TestResult[] = [];
  for (const test of tests.planned) {
    results.push(...(await run(test, tests, loadStack(task.files), grading)));
    const events = results.reduce((sum, one) => sum + one.events, 0);
    if (events > MAX_PROOF_EVENTS) return [`the tests play more than ${MAX_PROOF_EVENTS} events`];
  }
  const failed = results.filter(({ status }) => status !== 'passed');
  if (failed.length > 0) {
    // Where they are told of in full another check asks for nothing else.
    return demand.mutants.size > 0 ? ['not all tests pass on the rule as it is'] : failedText(failed);
  }
  const lines = [
    ...tooFew(results, 'positive', rule, positive, 'to fire'),
    ...tooFew(results, 'negative', rule, negative, 'to be silent where it could fire'),
  ];
  return [...lines, ...(await survivors(demand, tests, grading))];
}

/** Mutants on which every test passes, where they are more than may be. */
async function survivors(demand: ProofDemand, tests: Tests, grading: Grading): Promise<string[]> {
  const { mutants, atLeast } = demand;
  const alive: string[] = [];
  for (const { does, stack } of mutantsOf(demand, grading.task)) {
    if (!(await isNoticed(tests, stack, grading))) alive.push(does);
  }
  const noticed = mutants.size - alive.length;
  if (noticed >= (atLeast ?? mutants.size)) return [];
  return [
    `of ${mutants.size} faults that were put into the rules, your tests notice ${noticed}; ${atLeast ?? mutants.size} are asked for`,
    ...alive.map((does) => `  all tests pass although ${does}`),
  ];
}

async function isNoticed(tests: Tests, stack: RuleStack, grading: Grading): Promise<boolean> {
  for (const test of tests.planned) {
    const results = await run(test, tests, stack, grading);
    if (results.some(({ status }) => status !== 'passed')) return true;
  }
  return false;
}

function run(test: PlannedTest, tests: Tests, stack: RuleStack, { machinery }: Grading): Promise<TestResult[]> {
  const { ruleSet, configuration } = stack;
  if (ruleSet === undefined) throw new Error('rules that tests are to prove must load');
  const { files } = tests;
  const file = { ...tests.file, configuration };
  const context = { file, ruleSet, tests: tests.planned, files, beginRun: machinery.beginRun, group: 0 };
  return runTest(test, context).then((judged) => judged.map(({ result }) => result));
}

function* mutantsOf({ of, mutants }: ProofDemand, task: Task): Generator<{ does: string; stack: RuleStack }> {
  const known = MUTANTS.get(task) ?? new Map<string, RuleStack>();
  MUTANTS.set(task, known);
  for (const [does, edits] of mutants) {
    let text = task.files.get(of) ?? '';
    for (const [old, now] of edits) {
      if (!text.includes(old)) throw new Error(`${task.id}: ${of} does not hold '${old}'`);
      text = text.replace(old, () => now);
    }
    const stack = known.get(text) ?? loadStack(new Map([...task.files, [of, text]]));
    if (hasErrors(stack.findings)) throw new Error(`${task.id}: the mutant '${does}' does not load`);
    known.set(text, stack);
    yield { does, stack };
  }
}

function failedText(failed: readonly TestResult[]): string[] {
  const more = failed.length > MOST ? [`and ${failed.length - MOST} more`] : [];
  return [
    'the rule is right as it is, so your tests must pass on it:',
    ...failed
      .slice(0, MOST)
      .flatMap(({ name, failures, findings }) => [
        `  ${name}`,
        ...findings.map(({ message, hint }) => `    ${message}${hint === undefined ? '' : ` (${hint})`}`),
        ...failures.flatMap(({ expected, came, nearest }) => [
          `    expected  ${expected}`,
          ...came.map((line) => `    came      ${line}`),
          ...nearest.map((line) => `    nearest   ${line}`),
        ]),
      ]),
    ...more,
  ];
}

function tooFew(
  results: readonly TestResult[],
  side: 'positive' | 'negative',
  rule: string,
  wanted: number,
  does: string,
): string[] {
  const found = results.filter((one) => one[side].includes(rule)).length;
  if (found >= wanted) return [];
  return [`tests that want '${rule}' ${does}: ${found}; asked for: ${wanted}`];
}
