import type { Diagnostic } from './model/diagnostic.ts';
import type { Source } from './model/source.ts';
import type { Performance } from './scenario/perform.ts';
import { play } from './scenario/play.ts';
import { readScenario, type ReadOptions } from './scenario/read.ts';
import type { Scenario } from './scenario/scenario.ts';
import { openWriter, type TargetEncoding } from './trace/trace-writer.ts';

/** What became of a scenario. */
export interface Simulation {
  /** Undefined when it can't be played; the diagnostics say why, and nothing was written. */
  readonly scenario: Scenario | undefined;
  /** Names of the cases that the file has; none where the story is told once. */
  readonly cases: readonly string[];
  readonly performance: Performance | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plays a scenario and writes the events that a kernel would have told. The same text gives the same bytes, always.
 *
 * @param output receives chunks of whole blocks or lines, its own to keep
 */
export function simulate(
  source: Source,
  to: TargetEncoding,
  output: (bytes: Uint8Array) => void,
  options: ReadOptions = {},
): Simulation {
  const { scenario, cases, diagnostics } = readScenario(source, options);
  if (scenario === undefined) return { scenario, cases, performance: undefined, diagnostics };
  const writer = openWriter(to, output);
  const performance = play(scenario, writer);
  writer.end();
  return { scenario, cases, performance, diagnostics: [...diagnostics, ...writer.diagnostics] };
}
