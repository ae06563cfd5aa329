import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { simulate } from '../../engine/simulate.ts';
import { FIRST_RULES } from '../../functions/greeting.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../functions/store/embedded-s3.ts';
import { Random } from '../fuzz/random.ts';

const MAIN = fileURLToPath(new URL('../../functions/cli/main.ts', import.meta.url));
const DEATHS = 20;
const PART = 8 * 1024 * 1024;
const STORY =
  'story: A shell\ncontainers: { web: {} }\nactors: { a: { in: web, runs: nginx } }\nsteps:\n  - a runs: sh -c id\n';
const STORIES = 60;
const SUITE = {
  files: [
    {
      name: 'all.test.yaml',
      text: 'rules: [rules.yaml]\ntests:\n  - scenarios: "s/*.yaml"\n    expect:\n      - alert: Shell Spawned in Container\n',
    },
    { name: 'rules.yaml', text: FIRST_RULES },
    ...Array.from({ length: STORIES }, (_, i) => ({ name: `s/${String(i).padStart(3, '0')}.yaml`, text: STORY })),
  ],
};

const SEGMENTS = 3;
const CAPTURE = capture();

/** What the service said it has. */
interface Acknowledged {
  readonly traces: Map<string, string>;
  readonly runs: Set<string>;
  /** Segments that are kept of recordings, all of which have the same bytes. */
  readonly segments: Map<string, number>;
}

describe('the service, killed twenty times in the middle of its work', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-crash-'));
  let embedded: EmbeddedS3;
  beforeAll(async () => void (embedded = await startEmbeddedS3(directory)));
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function started(): Promise<{ child: ChildProcess; url: string }> {
    const { endpoint = '', bucket, credentials } = embedded.settings;
    const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        // Each start of the service starts its threads too.
        CREANCE_THREADS: '1',
        // Nobody looks at pages here; without, each start would build them first.
        CREANCE_SITE: directory,
        S3_ENDPOINT: endpoint,
        S3_BUCKET: bucket,
        S3_ACCESS_KEY_ID: credentials?.accessKeyId,
        S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
      },
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, url: (JSON.parse(line) as { url: string }).url };
  }

  async function json<T>(url: string, method: string, body?: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Uploads and runs without end, and remembers what was acknowledged. Ends with the service. */
  async function work(url: string, round: number, { traces, runs, segments }: Acknowledged): Promise<void> {
    const small = async (): Promise<void> => {
      for (let n = 0; ; n++) {
        const body = lines(500 + n, `${round}.${n}`);
        const answer = await fetch(`${url}/v1/traces?name=${round}.${n}`, { method: 'POST', body });
        if (answer.ok) traces.set(((await answer.json()) as { id: string }).id, sha256(body));
      }
    };
    const large = async (): Promise<void> => {
      for (let n = 0; ; n++) {
        const body = lines(PART + 100 + n, `large ${round}.${n}`);
        const about = { name: `large ${round}.${n}`, size: body.length, sha256: sha256(body) };
        const { id } = await json<{ id: string }>(`${url}/v1/uploads`, 'POST', about);
        const asked = await json<{ parts: { number: number; url: string }[] }>(
          `${url}/v1/uploads/${id}/parts`,
          'POST',
          {
            parts: [1, 2],
          },
        );
        for (const part of asked.parts) {
          await fetch(part.url, { method: 'PUT', body: body.slice((part.number - 1) * PART, part.number * PART) });
        }
        const kept = await json<{ id: string }>(`${url}/v1/uploads/${id}/complete`, 'POST');
        traces.set(kept.id, about.sha256);
      }
    };
    const run = async (): Promise<void> => {
      for (let n = 1; ; n++) {
        const { id } = await json<{ id: string }>(`${url}/v1/runs`, 'POST', { suite: 'all', attempt: round * 20 + n });
        runs.add(id);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    };
    const record = async (): Promise<void> => {
      for (let n = 0; ; n++) {
        const about = { key: `${round}.${n}`, name: 'node', encoding: 'scap' };
        const { id } = await json<{ id: string }>(`${url}/v1/recordings`, 'POST', about);
        for (let sequence = 1; sequence <= SEGMENTS; sequence++) {
          const file = { sequence, size: CAPTURE.length, sha256: sha256(CAPTURE) };
          const upload = await json<{ id: string }>(`${url}/v1/recordings/${id}/segments`, 'POST', file);
          const asked = await json<{ parts: [{ url: string }] }>(`${url}/v1/uploads/${upload.id}/parts`, 'POST', {
            parts: [1],
          });
          await fetch(asked.parts[0].url, { method: 'PUT', body: CAPTURE });
          await json(`${url}/v1/uploads/${upload.id}/complete`, 'POST');
          segments.set(id, sequence);
        }
        await json(`${url}/v1/recordings/${id}/close`, 'POST', { segments: SEGMENTS });
      }
    };
    await Promise.allSettled([small(), large(), run(), record()]);
  }

  /** Every trace in the list, once none of them waits to be read. */
  async function statesOf(url: string): Promise<{ id: string; state: string }[]> {
    for (let looks = 0; ; looks++) {
      const states: { id: string; state: string }[] = [];
      for (let after = ''; ;) {
        const query = `limit=100${after}`;
        const page = await json<{ traces: { id: string; state: string }[]; next?: string }>(
          `${url}/v1/traces?${query}`,
          'GET',
        );
        states.push(...page.traces);
        if (page.next === undefined) break;
        after = `&after=${page.next}`;
      }
      if (!states.some(({ state }) => state === 'pending')) return states;
      if (looks === 600) throw new Error('there are traces that nobody reads');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('has every acknowledged upload byte for byte, and ends every run once', { timeout: 480_000 }, async () => {
    const random = new Random('twenty deaths');
    const acknowledged: Acknowledged = { traces: new Map(), runs: new Set(), segments: new Map() };
    for (let round = 1; round <= DEATHS; round++) {
      const { child, url } = await started();
      if (round === 1) await json(`${url}/v1/suites/all`, 'PUT', SUITE);
      const working = work(url, round, acknowledged);
      const before = acknowledged.traces.size + acknowledged.runs.size;
      for (let looks = 0; looks < 400 && acknowledged.traces.size + acknowledged.runs.size < before + 2; looks++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      await new Promise((resolve) => setTimeout(resolve, random.below(500)));
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await Promise.all([working, ended]);
    }
    expect(acknowledged.traces.size + acknowledged.runs.size).toBeGreaterThanOrEqual(2 * DEATHS);
    expect(Math.min(acknowledged.traces.size, acknowledged.runs.size)).toBeGreaterThan(0);

    const { child, url } = await started();
    for (const [id, hash] of acknowledged.traces) {
      const content = await fetch(`${url}/v1/traces/${id}/content`);
      expect(sha256(new Uint8Array(await content.arrayBuffer()))).toBe(hash);
    }
    for (const [id, last] of acknowledged.segments) {
      const told = await json<{ segments: { sequence: number }[] }>(`${url}/v1/recordings/${id}`, 'GET');
      const sequences = told.segments.map(({ sequence }) => sequence);
      expect(sequences.slice(0, last)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
      const content = await fetch(`${url}/v1/traces/${id}/content`);
      expect((await content.arrayBuffer()).byteLength).toBe(sequences.length * CAPTURE.length);
    }
    const states = await statesOf(url);
    const listed = new Set(states.map(({ id }) => id));
    expect(listed.size).toBe(states.length);
    expect([...acknowledged.traces.keys(), ...acknowledged.segments.keys()].filter((id) => !listed.has(id))).toEqual(
      [],
    );
    for (const id of acknowledged.runs) {
      let state = '';
      for (let looks = 0; looks < 600 && state !== 'done'; looks++) {
        ({ state } = await json<{ state: string }>(`${url}/v1/runs/${id}`, 'GET'));
        if (state !== 'done') await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const { report } = await json<{ report: { passed: number; tests: unknown[] } }>(
        `${url}/v1/runs/${id}/report`,
        'GET',
      );
      expect([report.passed, report.tests.length]).toEqual([STORIES, STORIES]);
    }
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
});

function capture(): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  simulate(new Source('story', STORY), 'scap', (bytes) => void chunks.push(bytes));
  return new Uint8Array(Buffer.concat(chunks));
}

/** Lines of a jsonl trace, of a length in bytes, that nobody else sends. */
function lines(length: number, mark: string): Uint8Array<ArrayBuffer> {
  const head = `{"section":1}\n${' '.repeat(1 + Number.parseInt(sha256(new TextEncoder().encode(mark)).slice(0, 2), 16))}\n`;
  return new TextEncoder().encode(`${head}${' '.repeat(Math.max(0, length - head.length - 1))}\n`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
