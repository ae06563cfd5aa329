/**
 * Records the library of recordings: each drive, an attack and its benign twin, alone in a container of its own, with
 * `creance agent record`. Writes `scenarios/recordings/SLUG/{attack,benign}.scap.gz`, and the tests of all drives.
 *
 * Usage: node test/recordings/main.ts [--verbose] [--tests] [SLUG...]
 *
 * --tests writes the tests only. Exits 1 where a drive could not be recorded, 3 where this machine can't record.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Drive } from './drive.ts';
import { drives, RECORDINGS } from './library.ts';
import { Machine } from './machine.ts';
import { pause, perform } from './perform.ts';
import { reasonNotToRecord, Recorder } from './recorder.ts';
import { makeRoot, ROOT } from './root.ts';
import { textsOfThisMachine, foundIn } from './leaks.ts';
import { storyOnly } from './story-only.ts';
import { writeTests } from './tests-of-drives.ts';

/** Recordings are small, so that there can be many of them. */
const MAX_BYTES = 100_000;
/** What a story's last program does on its own, such as to end. */
const AFTERMATH_MS = 300;

const flags = process.argv.slice(2).filter((word) => word.startsWith('--'));
const slugs = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isVerbose = flags.includes('--verbose');
const say = (text: string) => void process.stderr.write(text);

async function main(): Promise<void> {
  if (flags.includes('--tests')) return writeTests();
  const reason = reasonNotToRecord();
  if (reason !== undefined) {
    say(`nothing can be recorded here: ${reason}\n`);
    process.exitCode = 3;
    return;
  }
  makeRoot(say);
  for (const drive of drives().filter(({ slug }) => slugs.length === 0 || slugs.includes(slug))) {
    for (const name of ['attack', 'benign'] as const) await attempt(drive, name);
  }
  writeTests();
}

async function attempt(drive: Drive, name: 'attack' | 'benign'): Promise<void> {
  try {
    await record(drive, name);
  } catch (error) {
    say(`${drive.slug} ${name}: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

/** Records one of the two: alone, from a machine that is made for it. */
async function record(drive: Drive, name: 'attack' | 'benign'): Promise<void> {
  const folder = mkdtempSync(join(dirname(ROOT), 'machine-'));
  const take = drive[name];
  const machine = new Machine(folder, drive.slug, take.container, (text) => isVerbose && say(text));
  const capture = join(folder, 'whole.scap.gz');
  try {
    await machine.start();
    const startsLate = take.steps.some(({ kind }) => kind === 'container starts');
    if (!startsLate) await machine.startContainer();
    if (!startsLate) await serves(machine);
    for (const command of take.before) await machine.exec('sh', '-c', command);
    const recorder = new Recorder(machine, capture);
    await recorder.ready();
    for (const step of take.steps) {
      const answer = await perform(machine, step);
      if (isVerbose) say(`  ${JSON.stringify(step)}: ${answer}\n`);
    }
    await pause(AFTERMATH_MS);
    await recorder.stop();
    const story = { pid: machine.pid, container: machine.names.id.slice(0, 12) };
    const { bytes, events, others } = storyOnly(readFileSync(capture), story);
    const leaks = foundIn(bytes, textsOfThisMachine());
    if (leaks.length > 0) throw new Error(`the recording tells of this machine: ${leaks.join('; ')}`);
    const small = bytes.length < MAX_BYTES ? '' : `, more than ${MAX_BYTES}`;
    say(`${drive.slug} ${name}: ${events} events in ${bytes.length} bytes${small} (${others} of others left out)\n`);
    writeFileSync(join(RECORDINGS, drive.slug, `${name}.scap.gz`), bytes);
    if (small !== '') process.exitCode = 1;
  } finally {
    await machine.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until the container's server answers. */
async function serves(machine: Machine): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await machine.visit('/')) === '200') return;
    await pause(50);
  }
  throw new Error('the server in the container does not answer');
}

await main();
