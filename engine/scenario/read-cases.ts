import { NodeReader } from '../document/reading.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { MAX_DIAGNOSTICS, MAX_SCENARIO_CASES_EVENTS } from '../model/limits.ts';
import type { Source } from '../model/source.ts';
import { fillCase, wholeBudget } from './cases/fill-case.ts';
import { openStory } from './open-story.ts';
import { readStory } from './read-story.ts';
import type { Scenario } from './scenario.ts';

/** One telling of a story. */
export interface ScenarioCase {
  /** `shell=bash, file=/etc/shadow`; empty where the story is told once. */
  readonly name: string;
  readonly scenario: Scenario;
}

/** All tellings of a story that can be played, and what is to be said of the others. */
export interface ReadCases {
  readonly cases: readonly ScenarioCase[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a scenario with all of its cases, in order; a file without `cases` has one. Codes as for `readScenario`.
 * What is wrong in every case is told once; what is wrong in some names the first of them.
 */
export function readCases(source: Source): ReadCases {
  const { document, plans, diagnostics } = openStory(source);
  if (document === undefined) return { cases: [], diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS) };
  const cases: ScenarioCase[] = [];
  const gathered = new Gathered(diagnostics);
  const budget = wholeBudget();
  let events = 0;
  for (const plan of plans ?? [{ name: '', values: undefined }]) {
    const reader = new NodeReader([]);
    const told = plan.values === undefined ? document : fillCase(reader, document, { ...plan }, budget);
    const story = told === undefined ? undefined : readStory(reader, told);
    events += story?.events ?? 0;
    const tooMany = events > MAX_SCENARIO_CASES_EVENTS;
    if (tooMany) {
      const message = `the cases of this story have more than ${MAX_SCENARIO_CASES_EVENTS} events in all`;
      reader.fail('LIMIT_SCENARIO_CASES', document, message, 'repeat less');
    }
    gathered.add(plan.name, reader.diagnostics);
    if (story !== undefined && !hasErrors(reader.diagnostics))
      cases.push({ name: plan.name, scenario: story.scenario });
    if (tooMany || told === undefined || gathered.full) break;
  }
  return { cases: hasErrors(diagnostics) ? [] : cases, diagnostics: gathered.all() };
}

/** What was said of the cases, each thing once. */
class Gathered {
  readonly #first: readonly Diagnostic[];
  readonly #found = new Map<string, { readonly diagnostic: Diagnostic; readonly name: string; times: number }>();
  #cases = 0;

  constructor(first: readonly Diagnostic[]) {
    this.#first = first;
  }

  get full(): boolean {
    return this.#found.size >= MAX_DIAGNOSTICS;
  }

  add(name: string, diagnostics: readonly Diagnostic[]): void {
    this.#cases++;
    for (const diagnostic of diagnostics) {
      const key = `${diagnostic.code} ${diagnostic.span?.start} ${diagnostic.message}`;
      const known = this.#found.get(key);
      if (known !== undefined) known.times++;
      else if (!this.full) this.#found.set(key, { diagnostic, name, times: 1 });
    }
  }

  all(): readonly Diagnostic[] {
    const told = [...this.#found.values()].map(({ diagnostic, name, times }) =>
      times >= this.#cases ? diagnostic : { ...diagnostic, message: `${diagnostic.message} (case ${name})` },
    );
    return [...this.#first, ...told].slice(0, MAX_DIAGNOSTICS);
  }
}
