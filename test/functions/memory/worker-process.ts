// The worker's own code in a process whose heap is as small as that of an isolate: takes how long a trace it makes
// and a file with a suite, prints what came of it as JSON. Ends with 134 where the heap is too small.
import { readFileSync } from 'node:fs';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import worker from '../../../functions/worker.ts';
import type { SuiteFile } from '../../../functions/runs/suite.ts';

const [, , times = '', suiteFile = ''] = process.argv;
const repeats = Number(times);
const STORY = `story: Shells
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx opens: /var/log/app/0000000.log
    repeat: 30
  - nginx runs: sh -c id
`;
const RULES = [{ name: 'rules.yaml', text: FIRST_RULES }];
const TESTS = `rules: [long-rules.yaml]
tests:
  - name: long
    trace: long.jsonl.gz
    expect: [{ alert: Shell Spawned in Container, at least: 100 }]
`;

/** Messages on their way, as queues have them. */
const messages: object[] = [];
const queue = { sendBatch: async (batch: readonly { readonly body: object }[]) => void messages.push(...batch) };
const env = {
  ...process.env,
  CREANCE_ACCESS: 'local',
  SITE: { fetch: async () => new Response(null, { status: 404 }) },
  RUNS: queue,
  INDEX: queue,
};
let [heap, buffers] = [0, 0];
const watch = setInterval(() => {
  const { heapUsed, external } = process.memoryUsage();
  heap = Math.max(heap, heapUsed);
  buffers = Math.max(buffers, external);
}, 20);

const trace = await json('POST', '/v1/traces?name=long.jsonl.gz', Readable.toWeb(longTrace().pipe(createGzip())));
await pump();
const alerts = await linesOf('POST', '/v1/detect', { trace: trace['id'], rules: RULES });
const asked = await json(
  'POST',
  '/v1/detect',
  { trace: trace['id'], rules: RULES },
  { prefer: 'respond-async', accept: 'application/x-ndjson' },
);
await pump();
const answered = await linesOf('GET', `/v1/runs/${String(asked['id'])}/answer`);
const files = JSON.parse(readFileSync(suiteFile, 'utf8')) as readonly SuiteFile[];
const suite = {
  files: [...files, { name: 'long.test.yaml', text: TESTS }, { name: 'long-rules.yaml', text: FIRST_RULES }],
  traces: { 'long.jsonl.gz': trace['id'] },
};
await json('PUT', '/v1/suites/all', suite);
const run = await json('POST', '/v1/runs', { suite: 'all' });
await pump();
const { report } = (await json('GET', `/v1/runs/${String(run['id'])}/report`)) as {
  report: { passed: number; tests: readonly unknown[] };
};
clearInterval(watch);
const told = { alerts, answered, passed: report.passed, tests: report.tests.length, heap, buffers };
process.stdout.write(`${JSON.stringify(told)}\n`);

/** Hands messages to the worker, one at a time, until there are none. */
async function pump(): Promise<void> {
  for (let body = messages.shift() as { body: never } | undefined; body !== undefined;) {
    const message = { body: body.body, attempts: 1, ack() {}, retry: () => void messages.push(body as object) };
    await worker.queue({ messages: [message] } as never, env as never);
    body = messages.shift() as { body: never } | undefined;
  }
}

async function ask(method: string, path: string, body?: unknown, headers: HeadersInit = {}): Promise<Response> {
  const isStream = body instanceof ReadableStream;
  const all = new Headers(headers);
  if (!isStream) all.set('content-type', 'application/json');
  const sent = body === undefined ? {} : { body: isStream ? body : JSON.stringify(body), duplex: 'half' };
  const request = new Request(`http://127.0.0.1:8787${path}`, { method, headers: all, ...sent } as RequestInit);
  const answer = await worker.fetch(request, env as never);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function json(...words: Parameters<typeof ask>): Promise<Record<string, unknown>> {
  return (await (await ask(...words)).json()) as Record<string, unknown>;
}

/** How many lines an answer has, which is not held. */
async function linesOf(method: string, path: string, body?: unknown): Promise<number> {
  let lines = 0;
  const { body: answer } = await ask(method, path, body, { accept: 'application/x-ndjson' });
  for await (const chunk of answer ?? []) for (const byte of chunk) if (byte === 10) lines++;
  return lines;
}

/** The events of the story again and again, later each time, with files of other names. */
function longTrace(): Readable {
  const chunks: Uint8Array[] = [];
  simulate(new Source('story', STORY), 'jsonl', (bytes) => void chunks.push(bytes.slice()));
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  const at = lines.findIndex((line) => line.startsWith('{"num":'));
  const events = lines.slice(at);
  function* text(): Generator<string> {
    yield `${lines.slice(0, at).join('\n')}\n`;
    let number = 0;
    for (let round = 0; round < repeats; round++) {
      const told = events.map((line) =>
        line
          .replace(/^\{"num":\d+,"time":(\d+)/, (_, time: string) => {
            return `{"num":${++number},"time":${BigInt(time) + BigInt(round) * 1_000_000_000n}`;
          })
          .replaceAll('0000000.log', `${String(round).padStart(7, '0')}.log`),
      );
      yield `${told.join('\n')}\n`;
    }
  }
  return Readable.from(text());
}
