import type { Hosts } from '../../engine/compare/hosts.ts';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { hostsOfScenario } from '../../engine/scenario/hosts.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { noteCases } from './case-flag.ts';
import { UnreadableError, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { readSource } from './rule-files.ts';
import { feedCapture } from './trace-input.ts';

/** Who takes a trace, and how much of each event type it must be given (`WANT`). */
export interface TraceTaker extends TraceSink {
  readonly wants: Uint8Array;
}

/** A trace that can be fed to a sink, once. */
export interface TraceFeed {
  /** Names of addresses that the trace itself tells. */
  readonly hosts: Hosts;
  /**
   * Feeds it; `afterChunk` is awaited between parts. Answers what was wrong with it; what could be read has been
   * delivered by then.
   */
  feed(sink: TraceTaker, afterChunk: () => Promise<void>): Promise<readonly Diagnostic[]>;
}

/**
 * Opens a trace: a file that ends in `.yaml` or `.yml` is a scenario and is played, in the case that `--case` names;
 * anything else is a capture.
 */
export function openTrace(path: string, given: Given, terminal: Terminal): TraceFeed {
  return /\.ya?ml$/.test(path) ? scenarioFeed(path, given, terminal) : captureFeed(path, terminal);
}

function captureFeed(path: string, terminal: Terminal): TraceFeed {
  return {
    hosts: new Map(),
    async feed(sink, afterChunk) {
      const reader = new DetectingReader(sink, sink.wants);
      const found = await feedCapture(path, reader, terminal, afterChunk);
      return [...found, ...reader.diagnostics];
    },
  };
}

function scenarioFeed(path: string, given: Given, terminal: Terminal): TraceFeed {
  const read = readScenario(readSource(path), { case: given.flag('case') });
  const { scenario, diagnostics } = read;
  if (scenario === undefined) {
    reportDiagnostics(diagnostics, terminal);
    throw new UnreadableError(`${path}: the scenario can't be played`);
  }
  noteCases(path, read, given, terminal);
  return {
    hosts: hostsOfScenario(scenario),
    async feed(sink, afterChunk) {
      play(scenario, sink);
      await afterChunk();
      return diagnostics;
    },
  };
}
