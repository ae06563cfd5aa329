import type { Diagnostic } from '../model/diagnostic.ts';
import { Source } from '../model/source.ts';
import type { Configuration } from '../rules/configuration.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { pathIn } from './file-path.ts';
import type { PlannedInput, PlannedTest } from './planned-test.ts';
import { playingsOf } from './played.ts';
import { alertItems, indented, NO_OTHERS, scalarText } from './rewrite/item-text.ts';
import type { SuiteFiles } from './suite-files.ts';
import type { BeginRun } from './test-run.ts';

/** What a test is made of. */
export interface NewTestOptions {
  readonly ruleSet: RuleSet;
  readonly configuration: Configuration | undefined;
  /** Paths of the rules and of the configuration, to be written. */
  readonly rules: readonly string[];
  readonly config: string | undefined;
  /** The folder of the test file: paths in it are relative to that. */
  readonly folder: string;
}

/** A test file that expects what rules say of a recording or scenario now; undefined when that can't be read. */
export async function newTestText(
  path: string,
  files: SuiteFiles,
  options: NewTestOptions,
  beginRun: BeginRun,
): Promise<{ readonly text: string | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const isScenario = /\.ya?ml$/.test(path);
  const test = plannedTest({ kind: isScenario ? 'scenario' : 'trace', path });
  const { playings, diagnostics } = playingsOf(test, files);
  const [playing] = playings;
  if (playing === undefined) return { text: undefined, diagnostics };
  const { ruleSet, configuration, folder } = options;
  const matching = configuration?.run.matching ?? 'first';
  const run = beginRun(ruleSet, { ...configuration?.run, matching, hosts: playing.hosts });
  const played = await playing.play(run);
  const items = alertItems(run.raised.map(({ alert }) => alert)).map(({ block }) => block);
  const written = (one: string): string => scalarText(pathIn(folder, one));
  const expect =
    items.length === 0 ? ['    expect: []'] : ['    expect:', indented([...items, NO_OTHERS.block].join('\n'), 6)];
  const lines = [
    `about: ${scalarText(`What the rules say of ${path.slice(path.lastIndexOf('/') + 1)}.`)}`,
    'rules:',
    ...options.rules.map((one) => `  - ${written(one)}`),
    ...(options.config === undefined ? [] : [`config: ${written(options.config)}`]),
    'tests:',
    `  - name: ${scalarText(playing.scenario?.story ?? path.slice(path.lastIndexOf('/') + 1))}`,
    `    ${isScenario ? 'scenario' : 'trace'}: ${written(path)}`,
    ...expect,
  ];
  return { text: `${lines.join('\n')}\n`, diagnostics: [...diagnostics, ...played.diagnostics] };
}

/** A test that nobody wrote. */
function plannedTest(input: PlannedInput & { readonly path: string }): PlannedTest {
  const span = { source: new Source(input.path, ''), start: 0, end: 0 };
  const path = { path: input.path, span };
  const entry = {
    name: undefined,
    input: { kind: 'trace', path },
    matching: undefined,
    expected: { kind: 'own' },
    span,
  } as const;
  return { name: input.path, input, entry, matching: 'first', span };
}
