import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** What one minute of a node's life is, each a capture of its own. */
const STORIES = ['id', 'whoami', 'ls'].map(
  (command) => `story: A shell
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx runs: sh -c ${command}
`,
);

const TESTS = `rules: [rules.yaml]
tests:
  - name: a shell in each minute is seen
    trace: node-7.scap.gz
    expect:
      - alert: Shell Spawned in Container
        times: 3
      - no other alerts
`;
/** Looks at a run that goes on. */
const PATIENCE = 400;

/** Recordings that are sent in segments over HTTP, in whatever runtime. */
export function recordingSuite(fetchService: (request: Request) => Response | Promise<Response>): void {
  const request = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return fetchService(new Request(`http://127.0.0.1:8787${path}`, { method, ...init }));
  };
  async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await request(method, path, body);
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  }

  async function segments(): Promise<Uint8Array<ArrayBuffer>[]> {
    const captures = STORIES.map(async (text) => {
      const answer = await request('POST', '/v1/simulate', { scenario: { text } });
      return new Uint8Array(gzipSync(new Uint8Array(await answer.arrayBuffer())));
    });
    return Promise.all(captures);
  }

  const begin = (key: string, more: object = {}): Promise<Answer> =>
    ask('POST', '/v1/recordings', { key, name: 'node-7', ...more });

  function announce(id: unknown, sequence: number, bytes: Uint8Array): Promise<Answer> {
    const about = { sequence, size: bytes.length, sha256: sha256(bytes) };
    return ask('POST', `/v1/recordings/${String(id)}/segments`, about);
  }

  async function send(id: unknown, sequence: number, bytes: Uint8Array<ArrayBuffer>): Promise<Answer> {
    const { json: upload } = await announce(id, sequence, bytes);
    const { json } = await ask('POST', `/v1/uploads/${String(upload['id'])}/parts`, { parts: [1] });
    const { url } = (json['parts'] as { url: string }[])[0] as { url: string };
    await (await fetch(url, { method: 'PUT', body: bytes })).arrayBuffer();
    return ask('POST', `/v1/uploads/${String(upload['id'])}/complete`);
  }

  describe('a recording in segments', () => {
    it('is one trace, whose events are numbered through all of them, however they came', async () => {
      const [first, second, third] = (await segments()) as [Bytes, Bytes, Bytes];
      const { json, status } = await begin('in order', { labels: { workload: 'nginx' } });
      expect([status, json]).toMatchObject([201, { state: 'open', name: 'node-7', segments: [] }]);
      expect(await begin('in order')).toEqual({ status: 200, json });
      const { id } = json;
      expect(await send(id, 3, third)).toMatchObject({ status: 201, json: { recording: id, sequence: 3 } });
      expect((await send(id, 1, first)).status).toBe(201);
      expect(await send(id, 1, first)).toMatchObject({ status: 200, json: { sha256: sha256(first) } });
      expect(await ask('POST', `/v1/recordings/${String(id)}/close`, { segments: 3 })).toMatchObject({
        status: 409,
        json: { code: 'RECORDING_INCOMPLETE', missing: [2] },
      });
      expect(await commands(id)).toEqual(['sh -c id', 'sh -c ls']);
      expect((await send(id, 2, second)).status).toBe(201);
      const closed = await ask('POST', `/v1/recordings/${String(id)}/close`, { segments: 3 });
      const size = first.length + second.length + third.length;
      expect(closed).toMatchObject({ status: 200, json: { id, name: 'node-7', size, encoding: 'scap.gz' } });
      expect((await ask('GET', `/v1/recordings/${String(id)}`)).json).toMatchObject({
        state: 'closed',
        segments: [1, 2, 3].map((sequence) => ({ sequence })),
      });
      expect(await commands(id)).toEqual(['sh -c id', 'sh -c whoami', 'sh -c ls']);
      expect(new Set(numbers).size).toBe(3);
      expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers);
      const content = await request('GET', `/v1/traces/${String(id)}/content`);
      expect(sha256(new Uint8Array(await content.arrayBuffer()))).toBe(sha256(joined([first, second, third])));
      const converted = await request('GET', `/v1/traces/${String(id)}/content?as=jsonl`);
      expect((await converted.text()).match(/"section":1/g)).toHaveLength(3);
      expect(await alerts(id)).toBe(3);
      expect(await announce(id, 4, first)).toMatchObject({ status: 409, json: { code: 'RECORDING_CLOSED' } });
    });

    it('is run by a suite as one trace, its segments in order', async () => {
      const { id } = (await begin('run')).json;
      for (const [n, bytes] of (await segments()).entries()) await send(id, n + 1, bytes);
      await ask('POST', `/v1/recordings/${String(id)}/close`, { segments: 3 });
      const files = [
        { name: 'rules.yaml', text: FIRST_RULES },
        { name: 'long.test.yaml', text: TESTS },
      ];
      expect((await ask('PUT', '/v1/suites/long', { files, traces: { 'node-7.scap.gz': id } })).status).toBe(200);
      const run = await ask('POST', '/v1/runs', { suite: 'long' });
      for (let looks = 0; looks < PATIENCE; looks++) {
        if ((await ask('GET', `/v1/runs/${String(run.json['id'])}`)).json['state'] !== 'running') break;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      const { json } = await ask('GET', `/v1/runs/${String(run.json['id'])}/report`);
      expect(json).toMatchObject({ report: { passed: 1, failed: 0, errors: 0 } });
    });

    it('goes on behind a segment that was cut off', async () => {
      const [first, second] = (await segments()) as [Bytes, Bytes];
      const { id } = (await begin('cut')).json;
      await send(id, 1, first.slice(0, -20));
      await send(id, 2, second);
      expect((await ask('POST', `/v1/recordings/${String(id)}/close`, { segments: 4, lost: [3, 4] })).status).toBe(200);
      expect(await commands(id)).toContain('sh -c whoami');
    });

    it('keeps one segment under a number, and no other', async () => {
      const [first, second] = (await segments()) as [Bytes, Bytes];
      const { id } = (await begin('twice')).json;
      expect((await announce(id, 1, first)).json['id']).toBe((await announce(id, 1, first)).json['id']);
      const rival = (await announce(id, 1, second)).json;
      await send(id, 1, first);
      expect((await announce(id, 1, first)).json).toMatchObject({ kept: true });
      expect(await announce(id, 1, second)).toMatchObject({ status: 409, json: { code: 'SEGMENT_DIFFERS' } });
      const { json } = await ask('POST', `/v1/uploads/${String(rival['id'])}/parts`, { parts: [1] });
      const { url } = (json['parts'] as { url: string }[])[0] as { url: string };
      await (await fetch(url, { method: 'PUT', body: second })).arrayBuffer();
      const late = await ask('POST', `/v1/uploads/${String(rival['id'])}/complete`);
      expect(late).toMatchObject({ status: 409, json: { code: 'SEGMENT_DIFFERS' } });
      expect(await commands(id)).toEqual(['sh -c id']);
    });

    it('takes no segment of another encoding', async () => {
      const [first] = (await segments()) as [Bytes];
      const { id } = (await begin('other', { encoding: 'scap' })).json;
      expect(await send(id, 1, first)).toMatchObject({ status: 422, json: { code: 'TRACE_REFUSED' } });
    });

    it.each<[string, string, string, object | undefined, number, string]>([
      ['without a key', 'POST', '', { name: 'a' }, 422, 'INVALID_REQUEST'],
      ['with a label that is none', 'POST', '', { key: 'a', name: 'a', labels: { kind: 'x' } }, 422, 'INVALID_REQUEST'],
      ['that is not there', 'GET', `/${'0'.repeat(32)}`, undefined, 404, 'UNKNOWN_RECORDING'],
      ['that climbs', 'GET', '/..%2F..%2Frival', undefined, 404, 'UNKNOWN_RECORDING'],
      ['that is not there', 'POST', `/${'0'.repeat(32)}/close`, { segments: 1 }, 404, 'UNKNOWN_RECORDING'],
    ])('is refused %s', async (_, method, path, body, status, code) => {
      expect(await ask(method, `/v1/recordings${path}`, body)).toMatchObject({ status, json: { code } });
    });
  });

  const numbers: number[] = [];

  /** Programs that were started in a trace, as filtering finds them. */
  async function commands(id: unknown): Promise<unknown[]> {
    const condition = 'evt.type = execve and proc.name = sh';
    const { json } = await ask('POST', '/v1/filter', { trace: id, condition, fields: ['evt.num', 'proc.cmdline'] });
    const events = json['events'] as Record<string, unknown>[];
    numbers.splice(0, Infinity, ...events.map((event) => Number(event['evt.num'])));
    return events.map((event) => event['proc.cmdline']);
  }

  async function alerts(id: unknown): Promise<number> {
    const { json } = await ask('POST', '/v1/detect', { trace: id, rules: [FIRST_RULES] });
    return (json['alerts'] as unknown[]).length;
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
