// npm run bench:service [-- --at-once COUNT --requests COUNT --only node|workerd]: many detect requests at a time over a
// scenario and over a stored trace; throughput, percentiles, errors, memory. Ends with 1 when one was not answered.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FIRST_RULES, FIRST_SCENARIO } from '../../../functions/greeting.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT } from '../../conformance/folder.ts';
import { load, type Asked, type LoadResult } from './load.ts';
import { onNode, onWorkerd, type Place } from './places.ts';
import { workerSize } from './worker-size.ts';

const { values } = parseArgs({
  options: {
    'at-once': { type: 'string', default: '200' },
    requests: { type: 'string', default: '2000' },
    only: { type: 'string' },
  },
});
const [AT_ONCE, REQUESTS] = [Number(values['at-once']), Number(values.requests)];
const FOLDER = mkdtempSync(join(tmpdir(), 'creance-service-bench-'));
/** What an attacker does for a while: some ten thousand events. */
const STORY = `story: A shell, again and again
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - repeat: 500
    steps:
      - nginx runs: sh -c id
`;

try {
  process.stdout.write(`load of the machine ${loadavg()[0]?.toFixed(1)}; ${AT_ONCE} requests at a time\n`);
  const { gzip, whole, startMs, firstMs } = workerSize();
  process.stdout.write(
    `Worker: ${kilobytes(whole)} KB, gzip ${kilobytes(gzip)} KB; its code starts in ${startMs} ms of CPU, and answers first after ${firstMs} more\n`,
  );
  const places = [
    ['Node', 'node', onNode],
    ['wrangler dev', 'workerd', onWorkerd],
  ] as const;
  for (const [name, word, start] of places) {
    if (values.only !== undefined && values.only !== word) continue;
    const place = await start(join(FOLDER, word));
    try {
      await measure(name, place);
    } finally {
      await place.stop();
    }
  }
} finally {
  rmSync(FOLDER, { recursive: true, force: true });
}

async function measure(name: string, place: Place): Promise<void> {
  const trace = await keptTrace(place.url);
  const small: Asked = {
    path: '/v1/detect',
    body: JSON.stringify({ rules: [FIRST_RULES], scenario: FIRST_SCENARIO }),
    holds: '"alerts":1,',
  };
  told(`${name}, one scenario at a time`, await load(place, small, { atOnce: 1, requests: 300, warmup: 100 }));
  told(`${name}, a scenario`, await load(place, small, { atOnce: AT_ONCE, requests: REQUESTS, warmup: 5 }));
  const stored: Asked = { ...small, body: JSON.stringify({ rules: [FIRST_RULES], trace }), holds: '"alerts":500,' };
  told(`${name}, a stored trace`, await load(place, stored, { atOnce: AT_ONCE, requests: REQUESTS / 4, warmup: 2 }));
  if (!CONFORMANCE_PRESENT) return;
  const text = readFileSync(join(CONFORMANCE, 'rules/falco_rules.yaml'), 'utf8');
  const upstream: Asked = {
    ...small,
    body: JSON.stringify({ rules: [{ name: 'falco_rules.yaml', text }], scenario: FIRST_SCENARIO }),
    holds: '"report":{',
  };
  told(`${name}, one scenario, Falco's rules`, await load(place, upstream, { atOnce: 1, requests: 100, warmup: 30 }));
  told(`${name}, Falco's rules`, await load(place, upstream, { atOnce: AT_ONCE, requests: REQUESTS / 4, warmup: 2 }));
}

async function keptTrace(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ scenario: { text: STORY } });
  const capture = await (await fetch(`${url}/v1/simulate`, { method: 'POST', headers, body })).arrayBuffer();
  const kept = await fetch(`${url}/v1/traces?name=bench`, { method: 'POST', body: capture });
  return ((await kept.json()) as { id: string }).id;
}

function told(name: string, { requests, errors, seconds, times, memory }: LoadResult): void {
  const at = (part: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(1);
  process.stdout.write(
    `${name.padEnd(38)} ${(requests / seconds).toFixed(0).padStart(5)}/s  p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} ms  ` +
      `${errors.length} errors  ${memory.before.toFixed(0)} MB before, ${memory.after.toFixed(0)} after, ${memory.peak.toFixed(0)} at most\n`,
  );
  if (errors.length === 0) return;
  process.stdout.write(`  ${errors[0]}\n`);
  process.exitCode = 1;
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(0);
}
