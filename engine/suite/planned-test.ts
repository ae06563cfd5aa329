import type { Matching } from '../match/naive-match.ts';
import type { Source, Span } from '../model/source.ts';
import type { NamedPath, TestEntry, TestFile } from './test-file.ts';
import { fitsPattern, folderOf, folderOfPattern, isPattern, pathIn } from './file-path.ts';
import type { SuiteFiles } from './suite-files.ts';

/** What one test runs. */
export type PlannedInput =
  | { readonly kind: 'scenario'; readonly path: string }
  | { readonly kind: 'inline'; readonly source: Source; readonly shift: number }
  | { readonly kind: 'trace'; readonly path: string };

/** One run of the rules; a scenario with cases is one run for each. */
export interface PlannedTest {
  readonly name: string;
  readonly input: PlannedInput;
  readonly entry: TestEntry;
  readonly matching: Matching;
  /** Where it is named. */
  readonly span: Span;
}

/** The tests of a file, in order; a pattern becomes a test for each path that fits it. */
export function plannedTests(file: TestFile, files: SuiteFiles): PlannedTest[] {
  const folder = folderOf(file.source.name);
  const fallback = file.matching ?? file.configuration?.run.matching ?? 'first';
  return file.tests.flatMap((entry): PlannedTest[] => {
    const { input, name, span } = entry;
    const matching = entry.matching ?? fallback;
    if (input.kind === 'inline') {
      const { source, shift } = input;
      return [{ name: name ?? storyIn(source), input: { kind: 'inline', source, shift }, entry, matching, span }];
    }
    if (input.kind === 'trace') {
      const { path } = input.path;
      return [{ name: name ?? pathIn(folder, path), input: { kind: 'trace', path }, entry, matching, span }];
    }
    const found = input.paths.flatMap((named) => expanded(named, files));
    return found.map(({ path, span: at }) => {
      const short = pathIn(folder, path).replace(/\.ya?ml$/, '');
      const whole = name === undefined ? short : found.length === 1 ? name : `${name}: ${short}`;
      return { name: whole, input: { kind: 'scenario', path }, entry, matching, span: at };
    });
  });
}

/** A path that is no pattern stands for itself, also where nothing is: then its test says so. */
function expanded({ path, span }: NamedPath, files: SuiteFiles): NamedPath[] {
  if (!isPattern(path)) return [{ path, span }];
  const fitting = files.below(folderOfPattern(path)).filter((one) => fitsPattern(path, one));
  return fitting.length === 0 ? [{ path, span }] : fitting.map((one) => ({ path: one, span }));
}

function storyIn({ text }: Source): string {
  const story = /(?:^|[{,\s])story:\s*["']?(.*?)["']?\s*(?:$|[,}])/m.exec(text)?.[1];
  return story === undefined || story === '' ? 'a story' : story;
}
