import { signal } from '@preact/signals';

/** A scenario of the library. */
export interface LibraryEntry {
  readonly name: string;
  readonly story: string;
  readonly techniques: readonly string[];
  /** It has a harmless twin. */
  readonly benign: boolean;
}

/** The scenarios that come with the page; empty until they were fetched. */
export const library = signal<readonly LibraryEntry[]>([]);

/** Fetches the list of scenarios. */
export async function loadLibrary(): Promise<void> {
  const answer = await fetch('/library.json');
  if (answer.ok) library.value = ((await answer.json()) as { scenarios: readonly LibraryEntry[] }).scenarios;
}

/** The text of a scenario, or of its twin where the name ends in `.benign`. */
export function scenarioText(name: string): Promise<string> {
  return textOf(`/scenarios/${name}.yaml`);
}

/** The rules that come with the page, as one file. */
export function starterRules(): Promise<string> {
  return textOf('/rules/starter_rules.yaml');
}

async function textOf(path: string): Promise<string> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} is not there (${answer.status})`);
  return answer.text();
}
