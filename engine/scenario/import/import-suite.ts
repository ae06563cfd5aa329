import { spanOf, valueOf, type Mapping, type Node } from '../../document/node.ts';
import { readDocuments } from '../../document/read-documents.ts';
import { hasErrors, type Diagnostic } from '../../model/diagnostic.ts';
import { MAX_DIAGNOSTICS, MAX_IMPORTED_STORIES, MAX_SCENARIO_BYTES, MAX_SCENARIO_CASES } from '../../model/limits.ts';
import { Source } from '../../model/source.ts';
import { readCases } from '../read-cases.ts';
import { caseRows, type Row } from './case-rows.ts';
import { askedNames, decidingNames, filled } from './fill-items.ts';
import { textOf } from './given.ts';
import { StoryDraft } from './story-draft.ts';
import { translateTest } from './translate-test.ts';

/** A scenario that a test of a suite became. */
export interface ImportedStory {
  /** Fit for a file's name and unlike all others: the name of the test, and a number where it became several. */
  readonly name: string;
  /** The scenario as YAML, with a comment where something could not be translated. */
  readonly text: string;
}

/** What became of a suite. */
export interface ImportedSuite {
  readonly stories: readonly ImportedStory[];
  /** Codes: those of YAML, `IMPORT_NO_SUITE`, `IMPORT_LOST`, `IMPORT_UNPLAYABLE`, `LIMIT_IMPORTED_STORIES`. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Turns a suite of falcosecurity/event-generator (`tests:`) into scenarios, one for each test. Cases stay cases where
 * they only change texts; where they decide what happens, each such choice is a scenario of its own. What has no
 * counterpart is told with its place, in the scenario and as a warning.
 */
export function importSuite(source: Source): ImportedSuite {
  const diagnostics: Diagnostic[] = [];
  const stories: ImportedStory[] = [];
  const budget = { cases: MAX_SCENARIO_CASES };
  for (const test of testsOf(source, diagnostics)) {
    for (const story of storiesOf(test, source, budget, diagnostics)) {
      if (stories.length >= MAX_IMPORTED_STORIES) {
        const message = `a suite becomes at most ${MAX_IMPORTED_STORIES} scenarios; the others are left out`;
        diagnostics.push({ code: 'LIMIT_IMPORTED_STORIES', severity: 'error', message, span: spanOf(test) });
        return { stories, diagnostics: diagnostics.slice(-MAX_DIAGNOSTICS) };
      }
      stories.push({ ...story, name: unlike(story.name, stories) });
    }
  }
  return { stories, diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS) };
}

function testsOf(source: Source, diagnostics: Diagnostic[]): readonly Mapping[] {
  if (source.text.length > MAX_SCENARIO_BYTES) {
    const message = `the suite has ${source.text.length} characters; at most ${MAX_SCENARIO_BYTES} are read`;
    diagnostics.push({ code: 'LIMIT_SCENARIO_BYTES', severity: 'error', message, span: { source, start: 0, end: 0 } });
    return [];
  }
  const read = readDocuments(source);
  diagnostics.push(...read.diagnostics);
  if (hasErrors(diagnostics)) return [];
  const lost = (node: Node, message: string) =>
    diagnostics.push({ code: 'IMPORT_LOST', severity: 'warning', message, span: spanOf(node) });
  const tests: Mapping[] = [];
  for (const document of read.documents) {
    const list = document.kind === 'mapping' ? valueOf(document, 'tests') : undefined;
    if (document.kind === 'mapping') {
      for (const { key } of document.pairs) {
        if (textOf(key) !== 'tests') lost(key, `'${textOf(key) ?? ''}' beside 'tests' has no counterpart`);
      }
    }
    for (const test of list?.kind === 'sequence' ? list.items : []) {
      if (test.kind === 'mapping') tests.push(test);
      else lost(test, 'this is no test');
    }
  }
  if (tests.length === 0) {
    const message = "there are no tests here: a suite of event-generator begins with 'tests:'";
    diagnostics.push({ code: 'IMPORT_NO_SUITE', severity: 'error', message, span: read.text.span(0, 0) });
  }
  return tests;
}

/** One story, or one for each choice of what decides how it goes. */
function storiesOf(
  test: Mapping,
  source: Source,
  budget: { cases: number },
  diagnostics: Diagnostic[],
): ImportedStory[] {
  const lost = (node: Node, message: string) =>
    void diagnostics.push({ code: 'IMPORT_LOST', severity: 'warning', message, span: spanOf(node) });
  const rows = caseRows(valueOf(test, 'cases'), budget.cases, lost);
  budget.cases -= rows.length;
  const body: Mapping = { ...test, pairs: test.pairs.filter(({ key }) => textOf(key) !== 'cases') };
  const [deciding, asked] = [decidingNames(body), askedNames(body)];
  const groups = new Map<string, Row[]>();
  for (const row of rows.length === 0 ? [new Map<string, string>()] : rows) {
    const choice = JSON.stringify([...row].filter(([name]) => deciding.has(name)));
    const group = groups.get(choice);
    if (group === undefined) groups.set(choice, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((group, index) => {
    const story = storyOf(body, group, asked, deciding, source, diagnostics);
    return groups.size === 1 ? story : { ...story, name: `${story.name}-${index + 1}` };
  });
}

function storyOf(
  test: Mapping,
  rows: readonly Row[],
  asked: ReadonlySet<string>,
  deciding: ReadonlySet<string>,
  source: Source,
  diagnostics: Diagnostic[],
): ImportedStory {
  const draft = new StoryDraft();
  const cases = openCases(rows, asked, deciding);
  const open = new Set(cases.length > 1 ? cases[0]?.keys() : []);
  const name = textOf(valueOf(test, 'name') ?? test) ?? 'test';
  const story = translateTest(draft, filled(test, rows[0] ?? new Map(), open) as Mapping);
  const title = `Imported from ${source.name.replaceAll(/[\r\n]/g, ' ')}, line ${test.mark.line + 1}: ${JSON.stringify(name)}`;
  const text = draft.text(title, story, cases.length > 1 ? cases : []);
  diagnostics.push(...draft.diagnostics);
  const slug = name.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[-.]+|-+$/g, '') || 'test';
  const problem = readCases(new Source(`${slug}.yaml`, text)).diagnostics.find(({ severity }) => severity === 'error');
  if (problem !== undefined) {
    const message = `the scenario of this test can't be played: ${problem.message}`;
    diagnostics.push({ code: 'IMPORT_UNPLAYABLE', severity: 'warning', message, span: spanOf(test) });
  }
  return { name: slug, text };
}

/** The different values of what stays open, each once. */
function openCases(rows: readonly Row[], asked: ReadonlySet<string>, deciding: ReadonlySet<string>): Row[] {
  const cases = new Map<string, Row>();
  for (const row of rows) {
    const open = [...row].filter(([name]) => asked.has(name) && !deciding.has(name));
    if (open.length > 0) cases.set(JSON.stringify(open), new Map(open));
  }
  return [...cases.values()];
}

function unlike(name: string, stories: readonly ImportedStory[]): string {
  const taken = new Set(stories.map((story) => story.name));
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`;
  return unique;
}
