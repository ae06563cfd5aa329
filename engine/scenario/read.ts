import type { Node } from '../document/node.ts';
import { NodeReader } from '../document/reading.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { MAX_DIAGNOSTICS } from '../model/limits.ts';
import { nearest } from '../model/nearest.ts';
import type { Source } from '../model/source.ts';
import type { CasePlan } from './cases/case-plan.ts';
import { fillCase, wholeBudget } from './cases/fill-case.ts';
import { openStory } from './open-story.ts';
import { readStory } from './read-story.ts';
import type { Scenario } from './scenario.ts';

/** A scenario, if it can be played, and what is to be said of it. */
export interface ReadScenario {
  readonly scenario: Scenario | undefined;
  /** Names of the cases that the file has; none where the story is told once. */
  readonly cases: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What is read of a file. */
export interface ReadOptions {
  /** The case, by its name. Without it: the first one. */
  readonly case?: string | undefined;
}

/**
 * Reads a scenario and rehearses it, so that what is given can be played to its end. Codes: those of YAML,
 * `SCENARIO_*`, `LIMIT_SCENARIO_BYTES`, `LIMIT_SCENARIO_EVENTS`, `LIMIT_SCENARIO_FILES`,
 * `LIMIT_SCENARIO_PATH`, `LIMIT_SCENARIO_CASES`.
 */
export function readScenario(source: Source, options: ReadOptions = {}): ReadScenario {
  const { document, plans, diagnostics } = openStory(source);
  const cases = plans?.map(({ name }) => name) ?? [];
  if (document === undefined) return { scenario: undefined, cases, diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS) };
  const reader = new NodeReader([...diagnostics]);
  const told = telling(reader, document, plans, options.case, source);
  const story = told === undefined ? undefined : readStory(reader, told);
  const found = reader.diagnostics.slice(0, MAX_DIAGNOSTICS);
  return { scenario: hasErrors(found) ? undefined : story?.scenario, cases, diagnostics: found };
}

/** The story as the case that was asked for tells it. */
function telling(
  reader: NodeReader,
  document: Node,
  plans: readonly CasePlan[] | undefined,
  asked: string | undefined,
  source: Source,
): Node | undefined {
  const plan = asked === undefined || asked === '' ? plans?.[0] : plans?.find(({ name }) => name === asked);
  if (plan !== undefined) return fillCase(reader, document, plan, wholeBudget());
  if (asked === undefined || asked === '') return document;
  const names = plans?.map(({ name }) => name) ?? [];
  const near = nearest(asked, names) ?? names[0];
  reader.diagnostics.push({
    code: 'SCENARIO_UNKNOWN_CASE',
    severity: 'error',
    message: `the scenario has no case '${asked}'`,
    span: { source, start: 0, end: 0 },
    hint: near === undefined ? "it has no 'cases'" : `for instance '${near}'`,
  });
  return undefined;
}
