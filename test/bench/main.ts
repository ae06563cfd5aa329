// npm run bench [-- --runs COUNT --save]: CPU of whole runs and of each stage, in seconds and in yardsticks (see
// yardstick.ts), compared with the figures that are committed; --save makes those of this run the committed ones.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, stop } from 'esbuild';
import { check } from '../../engine/check.ts';
import { readRuleFiles } from '../../functions/cli/rule-files.ts';
import { captureBytes, CONFORMANCE, CONFORMANCE_PRESENT } from '../conformance/folder.ts';
import { FigureComparison } from './figures.ts';
import { scaling } from './parallel.ts';
import { selectedCapture } from './selected-capture.ts';
import { STAGES } from './stages.ts';

/** What a process tells of itself. */
interface Told {
  readonly seconds: number;
  readonly events?: number;
  readonly megabytes?: number;
}

/** What `prepared.ts` tells. */
interface Prepared {
  readonly seconds: number;
  readonly prepareSeconds: number;
  readonly megabytes: number;
  readonly editMedianMs: number;
  readonly editWorstMs: number;
}

/** A capture under rules. */
interface Case {
  readonly name: string;
  readonly trace: string;
  readonly rules: readonly string[];
}

const MAIN = fileURLToPath(new URL('../../dist/cli/creance.js', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'creance-bench-'));
const STABLE = ['falco_rules.yaml'];
const ALL = [...STABLE, 'falco-incubating_rules.yaml', 'falco-sandbox_rules.yaml'];

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, save: { type: 'boolean', default: false } },
});
try {
  if (CONFORMANCE_PRESENT) await bench(Number(values.runs));
  else {
    process.stderr.write(`conformance data not present: ${CONFORMANCE}\n`);
    process.exitCode = 3;
  }
} finally {
  rmSync(FOLDER, { recursive: true });
}

async function bench(runs: number): Promise<void> {
  const [stage, prepare] = (await bundled('stage.ts', 'prepared.ts')) as [string, string];
  const cases = writeCaptures();
  const figures = new FigureComparison();
  for (const { name, trace, rules } of cases) {
    const yardstick = median(runs, () => tellingRun([beside('yardstick.ts')], 'stdout')).seconds;
    const whole = median(runs, () => {
      const command = [MAIN, 'detect', '--json', '-r', ...rules, '-t', trace];
      return tellingRun(['--import', beside('report-cpu.ts'), ...command], 'descriptor 3');
    });
    const told = STAGES.map((each) => median(runs, () => tellingRun([stage, each, trace, ...rules], 'stdout')));
    const events = told.at(-1)?.events ?? 0;
    const row = (label: string, seconds: number): string => {
      const rate = seconds > 0 ? Math.round(events / seconds).toLocaleString('en') : '-';
      const ratio = seconds / yardstick;
      const figure = `${seconds.toFixed(3).padStart(8)} s${ratio.toFixed(3).padStart(8)}`;
      return `  ${label.padEnd(14)}${figure}${rate.padStart(16)} events/s  ${figures.change(name, label, ratio)}\n`;
    };
    process.stdout.write(
      `${name}: ${events} events, ${whole.megabytes?.toFixed(0)} MB, yardstick ${yardstick.toFixed(3)} s\n`,
    );
    process.stdout.write(row('whole command', whole.seconds));
    told.forEach(({ seconds }, i) =>
      process.stdout.write(row(STAGES[i] as string, seconds - (told[i - 1]?.seconds ?? 0))),
    );
    const prepared = tellingRun([prepare, trace, ...rules], 'stdout') as unknown as Prepared;
    process.stdout.write(row('prepared', prepared.seconds));
    process.stdout.write(
      row('one edit', prepared.editMedianMs / 1_000) +
        `  one rule edited: ${prepared.editMedianMs.toFixed(1)} ms of CPU, at worst ${prepared.editWorstMs.toFixed(1)} ms; ` +
        `prepared form: ${prepared.megabytes.toFixed(0)} MB, made in ${prepared.prepareSeconds.toFixed(1)} s\n`,
    );
  }
  const { trace, rules } = cases.at(-1) as Case;
  const [one, ...more] = scaling(MAIN, trace, rules);
  for (const [threads, seconds] of more) {
    const times = ((one?.[1] ?? 0) / seconds).toFixed(2);
    process.stdout.write(`eight traces on ${threads} threads: ${times} times as fast by the clock as on one\n`);
  }
  const { slower } = figures;
  for (const line of slower) process.stdout.write(`SLOWER ${line}\n`);
  if (slower.length === 0) process.stdout.write('no figure rose by more than a tenth\n');
  if (values.save) figures.save();
}

/** The captures, decompressed; of each also what Falco would have selected, which depends on the rules. */
function writeCaptures(): readonly Case[] {
  return ['build', 'attack'].flatMap((capture) => {
    const bytes = captureBytes(capture);
    const whole = put(`${capture}.scap`, bytes);
    return [STABLE, ALL].flatMap((files) => {
      const rules = files.map((file) => join(CONFORMANCE, 'rules', file));
      const { ruleSet } = check(readRuleFiles(rules));
      if (ruleSet === undefined) throw new Error('the rules do not load');
      const name = `${capture}, ${files.length} rule ${files.length === 1 ? 'file' : 'files'}`;
      const selected = put(`${capture}-selected-${files.length}.scap`, selectedCapture(bytes, ruleSet));
      return [
        { name, trace: whole, rules },
        { name: `${name}, selected syscalls`, trace: selected, rules },
      ];
    });
  });
}

/** Scripts in one file each, as the command line is built. */
async function bundled(...names: readonly string[]): Promise<readonly string[]> {
  const entryPoints = names.map(beside);
  await build({
    entryPoints,
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  // Its helper process would be measured with the others.
  await stop();
  return names.map((name) => join(FOLDER, name.replace(/\.ts$/, '.mjs')));
}

/** The run with the middle CPU time of several. */
function median(runs: number, run: () => Told): Told {
  const told = Array.from({ length: runs }, run).toSorted((a, b) => a.seconds - b.seconds);
  return told[told.length >> 1] as Told;
}

function tellingRun(words: readonly string[], where: 'stdout' | 'descriptor 3'): Told {
  const { output, status } = spawnSync(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}`);
  return JSON.parse(String(output[where === 'stdout' ? 1 : 3])) as Told;
}

function put(name: string, bytes: Uint8Array): string {
  const path = join(FOLDER, name);
  writeFileSync(path, bytes);
  return path;
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
