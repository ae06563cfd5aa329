import type { Source, Span } from '../model/source.ts';
import type { Expectation } from '../scenario/expect.ts';
import { readScenario } from '../scenario/read.ts';
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

/** Finds what a test expects: its own list, or what the scenario says. */
export function expectedOf({ entry, input }: PlannedTest, playing: Playing, files: SuiteFiles): ExpectedOf {
  const { expected, span } = entry;
  const attack = input.kind === 'scenario' ? attackBeside(input.path, files) : undefined;
  if (expected.kind === 'list') {
    return { list: expected.list, span: expected.span, twinOf: named(attack) };
  }
  const { scenario, source } = playing;
  if (scenario === undefined || source === undefined) return { list: [], span, twinOf: [] };
  const whole = { source, start: 0, end: 0 };
  if (expected.kind === 'own') return { list: scenario.expectations, span: whole, twinOf: named(attack) };
  const twinOf = attack?.scenario?.upstream ?? [];
  return { list: upstreamExpectations(scenario, source, twinOf), span: whole, twinOf };
}

type ReadAttack = ReturnType<typeof readScenario> | undefined;

function named(attack: ReadAttack): string[] {
  return [...rulesNamed(attack?.scenario?.expectations ?? [])];
}

/** The attack that a `benign.yaml` is the twin of: the `scenario.yaml` in its folder. */
function attackBeside(path: string, files: SuiteFiles): ReadAttack {
  if (!/(^|\/)benign\.ya?ml$/.test(path)) return undefined;
  const other = pathFrom(folderOf(path), 'scenario.yaml');
  const sources: readonly Source[] = files.has(other) ? files.texts(other).sources : [];
  return sources[0] && readScenario(sources[0]);
}
