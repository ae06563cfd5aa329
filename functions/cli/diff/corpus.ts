import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readCases } from '../../../engine/scenario/read-cases.ts';
import { hostsOfScenario } from '../../../engine/scenario/hosts.ts';
import { play } from '../../../engine/scenario/play.ts';
import type { Hosts } from '../../../engine/compare/hosts.ts';
import type { Diagnostic } from '../../../engine/model/diagnostic.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';
import { labelOf, type Label, type Workload } from '../../../engine/change/workload.ts';
import { UnreadableError, type Terminal } from '../command.ts';
import { reportDiagnostics } from '../diagnostics.ts';
import { attempt } from '../file-error.ts';
import { readSource } from '../rule-files.ts';
import type { TraceTaker } from '../trace-feed.ts';
import { feedCapture } from '../trace-input.ts';

/** A path that the command line gave, and what it says of the traces there; undefined leaves it to their names. */
export interface CorpusPath {
  readonly path: string;
  readonly label: Label | undefined;
}

/** One trace of a corpus. */
export interface CorpusTrace {
  readonly workload: Workload;
  readonly hosts: Hosts;
  /** Feeds it to a sink; answers what was wrong with it. */
  feed(sink: TraceTaker): Promise<readonly Diagnostic[]>;
}

const CAPTURE = /\.(scap|jsonl)(\.gz)?$/;
const YAML = /\.ya?ml$/;

/** Files of a corpus: what is named, and of a folder every capture and scenario in it and below, sorted by path. */
export function corpusFiles(paths: readonly CorpusPath[]): CorpusPath[] {
  return paths.flatMap(({ path, label }) => {
    if (path === '-' || !attempt(path, () => statSync(path)).isDirectory()) return [{ path, label }];
    const found = filesBelow(path).map((file) => ({ path: file, label }));
    if (found.length === 0) throw new UnreadableError(`${path}: no capture and no scenario in this folder or below`);
    return found;
  });
}

function filesBelow(folder: string): string[] {
  const entries = attempt(folder, () => readdirSync(folder, { withFileTypes: true }));
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      if (CAPTURE.test(entry.name)) return [path];
      return YAML.test(entry.name) && !/\.test\.ya?ml$/.test(entry.name) && isScenario(path) ? [path] : [];
    });
}

/** Rule files and scenarios end alike; only a scenario tells a story. */
function isScenario(path: string): boolean {
  return /^story:/m.test(readSource(path).text);
}

/** The traces of one file: a capture, or every case of a scenario. */
export function tracesOf({ path, label }: CorpusPath, terminal: Terminal): CorpusTrace[] {
  if (!YAML.test(path)) return [captureTrace(path, label, terminal)];
  const { cases, diagnostics } = readCases(readSource(path));
  reportDiagnostics(diagnostics, terminal);
  if (cases.length === 0) throw new UnreadableError(`${path}: the scenario can't be played`);
  return cases.map(({ name, scenario }) => ({
    workload: {
      name: name === '' ? path : `${path} [${name}]`,
      label: label ?? labelOf(path, scenario),
    },
    hosts: hostsOfScenario(scenario),
    feed(sink) {
      play(scenario, sink);
      return Promise.resolve([]);
    },
  }));
}

function captureTrace(path: string, label: Label | undefined, terminal: Terminal): CorpusTrace {
  return {
    workload: { name: path, label: label ?? labelOf(path) },
    hosts: new Map(),
    async feed(sink) {
      const reader = new DetectingReader(sink, sink.wants);
      const found = await feedCapture(path, reader, terminal, () => Promise.resolve());
      return [...found, ...reader.diagnostics];
    },
  };
}
