import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { check } from '../../../engine/check.ts';
import { Source } from '../../../engine/model/source.ts';
import type { RuleSet } from '../../../engine/rules/rule-set.ts';
import { givenFiles } from '../../../engine/suite/given-files.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';
import { newTest } from '../../../engine/verify.ts';
import type { SuiteFile } from '../../../functions/runs/suite.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT } from '../../conformance/folder.ts';
import { LIBRARY } from '../../library.ts';
import { STORIES, tellingsOf, traceOf } from '../../stories.ts';

/** How large a suite is made, and of what. */
export interface SuiteSize {
  readonly scenarios: number;
  readonly captures: number;
  /** Captures are recorded ones, where the conformance data is present. */
  readonly recorded: boolean;
}

/** A suite as it is sent to a service: its captures are still to be kept as traces. */
export interface LibrarySuite {
  readonly files: readonly SuiteFile[];
  readonly captures: readonly { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

const RULES = 'rules';
const MACHINE = 'hostname: node-2\n  time: 2026-03-04T05:06:07Z\n';

/**
 * A suite of the library's stories: first as they are, then told of another machine at another time, until they are
 * enough. Attacks are judged by what they expect, twins by silence. Beside them captures, each with a test that expects
 * what our rules say of it.
 */
export async function librarySuite(size: SuiteSize): Promise<LibrarySuite> {
  const rules = readdirSync(join(LIBRARY, RULES))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name: `${RULES}/${name}`, text: textOf(`${RULES}/${name}`) }));
  // Fewer than there are: some of all kinds.
  const step = Math.max(1, Math.floor(STORIES.length / size.scenarios));
  const stories = Array.from({ length: size.scenarios }, (_, n) => storyNumber(n * step));
  const captures = capturesOf(size);
  const { ruleSet } = check(rules.map(({ name, text }) => new Source(name, text)));
  if (ruleSet === undefined) throw new Error('the rules of the library do not load');
  const tests = await Promise.all(captures.map(({ path, bytes }) => captureTest(path, bytes, ruleSet)));
  const library = `rules: ${RULES}\ntests:\n  - scenarios: "**/scenario.yaml"\n  - scenarios: "**/benign.yaml"\n    matching: all\n`;
  return { files: [{ name: 'library.test.yaml', text: library }, ...rules, ...stories, ...tests], captures };
}

function textOf(path: string): string {
  return readFileSync(join(LIBRARY, path), 'utf8');
}

function storyNumber(n: number): SuiteFile {
  const path = STORIES[n % STORIES.length] as string;
  const round = Math.floor(n / STORIES.length);
  const told = textOf(path);
  if (round === 0) return { name: path, text: told };
  const text = told.replaceAll(/^ {2}(?:hostname|time):.*\n/gm, '');
  const machine = `machine:\n  ${MACHINE.replace('node-2', `node-${round + 1}`)}`;
  const moved = /^machine:\n/m.test(text) ? text.replace('machine:\n', machine) : `${text.trimEnd()}\n\n${machine}`;
  return { name: `machine-${round + 1}/${path}`, text: moved };
}

function capturesOf({ captures, recorded }: SuiteSize): LibrarySuite['captures'] {
  if (recorded && CONFORMANCE_PRESENT) {
    const folder = join(CONFORMANCE, 'captures');
    const bySize = readdirSync(folder).toSorted(
      (a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size,
    );
    return bySize
      .slice(0, captures)
      .map((name) => ({ path: `captures/${name}`, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  }
  return STORIES.slice(0, captures).map((story, n) => {
    const to = n % 2 === 0 ? 'scap' : 'jsonl';
    const [telling] = tellingsOf(story);
    if (telling === undefined) throw new Error(`${story} is told in no way`);
    return { path: `captures/${n}.${to}`, bytes: new Uint8Array(traceOf(telling, to)) };
  });
}

async function captureTest(path: string, bytes: Uint8Array, ruleSet: RuleSet): Promise<SuiteFile> {
  const files = givenFiles(
    [],
    new Map([
      [
        path,
        async (sink) => {
          const reader = new DetectingReader(sink, sink.wants);
          reader.push(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
          reader.end();
          return reader.diagnostics;
        },
      ],
    ]),
  );
  const options = { ruleSet, configuration: undefined, rules: [RULES], config: undefined, folder: '' };
  const { text } = await newTest(path, files, options);
  if (text === undefined) throw new Error(`${path} cannot be read`);
  return { name: `${path.replaceAll('/', '-')}.test.yaml`, text };
}
