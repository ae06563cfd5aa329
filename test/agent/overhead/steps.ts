import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { selectionText } from '../../../agent/loader-process.ts';
import { Redaction } from '../../../agent/redaction/redaction.ts';
import { KIND } from '../../../agent/stream/layout.ts';
import { Splitter } from '../../../agent/stream/splitter.ts';
import { MAX_SYSCALLS } from '../../../agent/table/table.ts';
import { Transcoder } from '../../../agent/transcode/transcoder.ts';
import { ScapWriter } from '../../../engine/trace/scap/scap-writer.ts';

const CHUNK_BYTES = 64 * 1024;
const ROUNDS = 5;
/** Reads and writes of texts, programs that start, files that are looked for: what a node does all day. */
const WORK = `for i in 1 2 3 4; do grep -r -c . /etc /usr/share/doc/b*; find /usr/share -newer /etc/passwd; ls -lR /usr/lib; done`;
const STEPS = ['split', 'events', 'written', 'redacted', 'gzipped'] as const;

/** Records ordinary work and prints what each step of the agent adds, in microseconds of a processor for an event. */
export async function measureSteps(program: string, stream: string): Promise<void> {
  await recordWork(program, stream);
  const bytes = readFileSync(stream);
  console.log('us of the agent for an event of ordinary work, each with all before it');
  for (const step of STEPS) console.log(`  ${step.padEnd(9)} ${best(bytes, step).toFixed(3)}`);
  console.log();
}

async function recordWork(program: string, stream: string): Promise<void> {
  const file = openSync(stream, 'w');
  const all = Array.from({ length: MAX_SYSCALLS }, (_, number) => number);
  const words = ['--select', selectionText(all), '--ring-bytes', String(32 * 1024 * 1024), '--snaplen', '80'];
  const loader = spawn(program, words, { stdio: ['pipe', file, 'inherit'] });
  closeSync(file);
  // The work begins once the recorder listens; what it tells of the start does not matter.
  while (readFileSync(stream).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  execFileSync('sh', ['-c', `(${WORK}) > /dev/null 2>&1; true`]);
  loader.stdin?.end();
  await once(loader, 'close');
}

function best(bytes: Uint8Array, upTo: (typeof STEPS)[number]): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => taken(bytes, STEPS.indexOf(upTo))));
}

/** Takes the stream through the first steps; microseconds of this process for each event. */
function taken(bytes: Uint8Array, steps: number): number {
  const transcoder = new Transcoder();
  const redaction = new Redaction({
    mode: 'secrets',
    patterns: [],
    readers: { arguments: [], environment: [], data: [] },
  });
  const writer = new ScapWriter((chunk) => steps >= 4 && gzipSync(chunk, { level: 1 }));
  let events = 0;
  const splitter = new Splitter((record) => {
    if (record.kind > KIND.EXIT) return;
    events++;
    const event = steps >= 1 ? transcoder.event(record) : undefined;
    if (event === undefined) return;
    if (steps >= 3) redaction.event(event);
    if (steps >= 2) writer.event(event);
  });
  const before = process.cpuUsage();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) splitter.push(bytes.subarray(at, at + CHUNK_BYTES));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / events;
}
