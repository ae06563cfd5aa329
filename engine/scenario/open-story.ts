import type { Mapping, Node } from '../document/node.ts';
import { expandedSize } from '../document/expanded-size.ts';
import { readDocuments } from '../document/read-documents.ts';
import { NodeReader } from '../document/reading.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { MAX_SCENARIO_BYTES, MAX_SCENARIO_CASES_NODES } from '../model/limits.ts';
import type { Source } from '../model/source.ts';
import type { CasePlan } from './cases/case-plan.ts';
import { checkPlaces } from './cases/check-places.ts';
import { readCasePlans } from './cases/read-case-plans.ts';

/** The document of a scenario, with its cases taken out. */
export interface OpenedStory {
  /** Undefined when it can't be read at all. */
  readonly document: Node | undefined;
  /** Undefined when the story is told once. */
  readonly plans: readonly CasePlan[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a scenario's YAML and its `cases`. */
export function openStory(source: Source): OpenedStory {
  if (source.text.length > MAX_SCENARIO_BYTES) return unreadable([tooLong(source)]);
  const { documents, diagnostics, text } = readDocuments(source);
  if (hasErrors(diagnostics)) return unreadable(diagnostics);
  const [document, second] = documents;
  if (document === undefined) {
    const message = 'there is nothing in this scenario';
    const hint = "begin with 'story: ...'";
    return unreadable([{ code: 'SCENARIO_EMPTY', severity: 'error', message, span: text.span(0, 0), hint }]);
  }
  const reader = new NodeReader([...diagnostics]);
  if (second !== undefined) reader.fail('SCENARIO_VALUE', second, 'a file holds one scenario, this is a second one');
  const cases = document.kind === 'mapping' ? document.pairs.find(isCases)?.value : undefined;
  if (document.kind !== 'mapping' || cases === undefined || cases.kind === 'null')
    return { document, plans: undefined, diagnostics: reader.diagnostics };
  const story: Mapping = { ...document, pairs: document.pairs.filter((pair) => !isCases(pair)) };
  const plans = readCasePlans(reader, cases);
  if (plans === undefined) return unreadable(reader.diagnostics);
  checkPlaces(reader, story, cases, plans);
  if (expandedSize(story) * plans.length > MAX_SCENARIO_CASES_NODES) {
    const message = `the story has more than ${MAX_SCENARIO_CASES_NODES} values in all of its ${plans.length} cases`;
    reader.fail('LIMIT_SCENARIO_CASES', cases, message);
  }
  return { document: hasErrors(reader.diagnostics) ? undefined : story, plans, diagnostics: reader.diagnostics };
}

function isCases({ key }: { readonly key: Node }): boolean {
  return key.kind === 'scalar' && key.text === 'cases';
}

function unreadable(diagnostics: readonly Diagnostic[]): OpenedStory {
  return { document: undefined, plans: undefined, diagnostics };
}

function tooLong(source: Source): Diagnostic {
  const message = `the scenario has ${source.text.length} characters; at most ${MAX_SCENARIO_BYTES} are read`;
  return { code: 'LIMIT_SCENARIO_BYTES', severity: 'error', message, span: { source, start: 0, end: 0 } };
}
