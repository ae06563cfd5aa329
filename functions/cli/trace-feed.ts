import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { UnreadableError, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { readSource } from './rule-files.ts';
import { feedCapture } from './trace-input.ts';

/**
 * Feeds a trace to a sink: a file that ends in `.yaml` or `.yml` is a scenario and is played, anything else is a capture.
 * Answers what was wrong with it; what could be read has been delivered by then.
 */
export async function feedTrace(
  path: string,
  sink: TraceSink,
  terminal: Terminal,
  afterChunk: () => Promise<void>,
  wants?: Uint8Array,
): Promise<readonly Diagnostic[]> {
  if (!/\.ya?ml$/.test(path)) {
    const reader = new DetectingReader(sink, wants);
    const found = await feedCapture(path, reader, terminal, afterChunk);
    return [...found, ...reader.diagnostics];
  }
  const { scenario, diagnostics } = readScenario(readSource(path));
  if (scenario === undefined) {
    reportDiagnostics(diagnostics, terminal);
    throw new UnreadableError(`${path}: the scenario can't be played`);
  }
  play(scenario, sink);
  await afterChunk();
  return diagnostics;
}
