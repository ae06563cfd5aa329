import type { Span } from '../model/source.ts';
import type { Expectation } from '../scenario/expect.ts';
import { readCases } from '../scenario/read-cases.ts';
import { rulesNamed } from './judge.ts';
import { folderOf, pathFrom } from './file-path.ts';
import type { PlannedTest } from './planned-test.ts';
import type { Playing } from './played.ts';
import type { SuiteFiles } from './suite-files.ts';
import { upstreamExpectations } from './upstream-expectations.ts';

/** What a test expects of one thing that it plays. */
export interface ExpectedOf {
  readonly list: readonly Expectation[];
  /** The file that the list is written in, and where an empty list is told from. */
  readonly span: Span;
  /** Rules that the attack beside a benign twin names: the twin shows that they can be silent. */
  readonly twinOf: readonly string[];
}

/**
 * Finds what a test expects: its own list, or what the scenario says.
 *
 * @param tests all tests of the file
 */
export function expectedOf(
  { entry, input }: PlannedTest,
  playing: Playing,
  files: SuiteFiles,
  tests: readonly PlannedTest[],
): ExpectedOf {
  const { expected, span } = entry;
  const attack = input.kind === 'scenario' ? attackBeside(input.path) : undefined;
  const rules = attack === undefined ? [] : rulesOfAttack(attack, files, tests);
  if (expected.kind === 'list') return { list: expected.list, span: expected.span, twinOf: rules };
  const { scenario, source } = playing;
  if (scenario === undefined || source === undefined) return { list: [], span, twinOf: [] };
  const whole = { source, start: 0, end: 0 };
  if (expected.kind === 'own') return { list: scenario.expectations, span: whole, twinOf: rules };
  return { list: upstreamExpectations(scenario, source, rules), span: whole, twinOf: rules };
}

/** The attack that a `benign.yaml` is the twin of: the `scenario.yaml` in its folder. */
function attackBeside(path: string): string | undefined {
  return /(^|\/)benign\.ya?ml$/.test(path) ? pathFrom(folderOf(path), 'scenario.yaml') : undefined;
}

/** Rules that tests of the same file expect of an attack by name. */
function rulesOfAttack(path: string, files: SuiteFiles, tests: readonly PlannedTest[]): string[] {
  const ofAttack = tests.filter(({ input }) => input.kind === 'scenario' && input.path === path);
  if (ofAttack.length === 0) return [];
  const [source] = files.has(path) ? files.texts(path).sources : [];
  const cases = source === undefined ? [] : readCases(source).cases;
  const names = ofAttack.flatMap(({ entry: { expected } }) => {
    if (expected.kind === 'list') return [...rulesNamed(expected.list)];
    return cases.flatMap(({ scenario }) =>
      expected.kind === 'own' ? [...rulesNamed(scenario.expectations)] : scenario.upstream,
    );
  });
  return [...new Set(names)];
}
