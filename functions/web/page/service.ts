import { parseExact } from './exact-json.ts';

/** A finding about a text, as the service tells it. Lines and columns count from 1. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'lint';
  readonly message: string;
  readonly hint?: string;
  readonly start?: { readonly line: number; readonly column: number; readonly offset: number };
  readonly end?: { readonly line: number; readonly column: number; readonly offset: number };
}

/** A refusal, as the service tells it. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
  readonly diagnostics?: readonly Finding[];
}

/** An attack that can be chosen. */
export interface Scenario {
  readonly name: string;
  readonly story: string;
  readonly techniques: readonly string[];
}

/** A trace that was uploaded. */
export interface Trace {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** Fetches the lists that the page shows; an empty list when the service has none. */
export async function fetchList<Entry>(path: string, key: string): Promise<readonly Entry[]> {
  const answer = await fetch(path);
  if (!answer.ok) return [];
  return ((await answer.json()) as Record<string, readonly Entry[]>)[key] ?? [];
}

/** The service refuses the request. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Sends JSON and hands on each line of the answer as soon as it is there; throws ProblemError for a refusal. */
export async function streamLines(
  path: string,
  body: object,
  signal: AbortSignal,
  onLine: (value: Record<string, unknown>) => void,
): Promise<void> {
  const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson' };
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
  if (!answer.ok || answer.body === null) throw new ProblemError((await answer.json()) as Problem);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(parseExact(line) as Record<string, unknown>);
    if (done) return;
  }
}

interface LoadEntry {
  readonly code: string;
  readonly message: string;
  readonly creance: {
    readonly hint?: string;
    readonly span?: { readonly start: Finding['start']; readonly end: Finding['end'] };
  };
}

interface LoadResult {
  readonly errors: readonly LoadEntry[];
  readonly warnings: readonly LoadEntry[];
  readonly lints: readonly LoadEntry[];
}

/** What Falco says of a rule file; undefined when the service refuses even to look at it. */
export async function checkRules(name: string, text: string): Promise<readonly Finding[] | undefined> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ rules: [{ name, text }] });
  const answer = await fetch('/v1/check', { method: 'POST', headers, body });
  if (!answer.ok) return undefined;
  const { falco_load_results: results } = (await answer.json()) as { falco_load_results: readonly LoadResult[] };
  return results.flatMap(({ errors, warnings, lints }) => [
    ...errors.map((entry) => findingOf(entry, 'error')),
    ...warnings.map((entry) => findingOf(entry, 'warning')),
    ...lints.map((entry) => findingOf(entry, 'lint')),
  ]);
}

function findingOf({ code, message, creance: { hint, span } }: LoadEntry, severity: Finding['severity']): Finding {
  return {
    code,
    severity,
    message,
    ...(hint !== undefined && { hint }),
    ...(span?.start !== undefined && { start: span.start }),
    ...(span?.end !== undefined && { end: span.end }),
  };
}
