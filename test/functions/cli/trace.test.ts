import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putTrace } from '../../../functions/client/put-trace.ts';
import { ServiceClient } from '../../../functions/client/service-client.ts';
import { serve, type Service } from '../../../functions/node.ts';
import { creance } from './terminal-double.ts';

const LARGE = 9 * 1024 * 1024;

describe('creance trace', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-trace-cli-'));
  const file = (name: string): string => join(directory, name);
  let service: Service;
  const trace = (...words: string[]): ReturnType<typeof creance> =>
    creance(['trace', ...words, '--server', service.url]);

  beforeAll(async () => {
    service = await serve({ port: 0, directory: join(directory, 'store'), env: {} });
    writeFileSync(file('small.jsonl'), '{"section":1}\n');
    writeFileSync(file('large.jsonl'), `{"section":1}\n${' '.repeat(LARGE)}\n`);
    writeFileSync(file('words.txt'), 'no trace');
  });
  afterAll(async () => {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(['small.jsonl', 'large.jsonl'])(
    'sends %s, lists it, fetches it byte for byte and deletes it',
    async (name) => {
      const put = await trace('put', file(name));
      expect(put).toMatchObject({ code: 0, notes: '' });
      const id = put.out.trim();
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect((await trace('put', file(name))).out.trim()).toBe(id);
      const { out } = await trace('list');
      expect(out.split('\n').filter((line) => line.startsWith(id))).toEqual([expect.stringContaining(name)]);
      expect(await trace('get', id, '-o', file(`back-${name}.gz`))).toMatchObject({ code: 0, notes: '' });
      expect(readFileSync(file(`back-${name}.gz`)).equals(readFileSync(file(name)))).toBe(true);
      expect(await trace('rm', id)).toMatchObject({ code: 0, out: `deleted ${id}\n` });
      expect((await trace('get', id, '-o', file('gone'))).code).toBe(1);
    },
  );

  it('finds traces by what they are and hold, and tells it as people read it', async () => {
    const story = 'scenarios/shell-spawned-in-nginx/scenario.yaml';
    await creance(['simulate', story, '-o', file('attack.scap.gz')]);
    const put = async (...words: string[]): Promise<string> => {
      const id = (await trace('put', file('attack.scap.gz'), ...words)).out.trim();
      for (let looks = 0; looks < 400; looks++) {
        if (!(await trace('show', id)).out.includes('pending')) return id;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error('the trace is not read');
    };
    const attack = await put('--label', 'kind=attack', '--label', 'technique=T1059.004');
    const benign = await put('--label', 'kind=benign', '--name', 'twin');
    const ids = async (...words: string[]): Promise<string[]> =>
      (await trace('list', ...words)).out.split('\n').flatMap((line) => line.slice(0, 32) || []);
    expect(await ids('--label', 'kind=attack')).toEqual([attack]);
    expect(await ids('--label', 'kind', '--label', 'technique')).toEqual([attack]);
    expect((await ids('--label', 'kind')).toSorted()).toEqual([attack, benign].toSorted());
    expect(await ids('--label', 'kind', '--oldest')).toEqual((await ids('--label', 'kind')).toReversed());
    expect(await ids('--label', 'kind', '--limit', '1')).toHaveLength(1);
    expect(await ids('--name', 'tw*', '--since', '2026-01-05', '--until', '2026-01-06T00:00:00Z')).toEqual([benign]);
    expect((await ids('--label', 'kind', '--image', 'nginx:*')).toSorted()).toEqual([attack, benign].toSorted());
    expect(await trace('list', '--image', 'redis*')).toMatchObject({ code: 0, out: '', notes: 'no trace fits\n' });
    const { out } = await trace('show', attack);
    expect(out).toMatch(/^attack\.scap\.gz\n  id +[0-9a-f]{32}\n/);
    expect(out).toMatch(/\n  labels +kind=attack technique=T1059\.004\n  state +indexed\n/);
    expect(out).toMatch(/\n  time +2026-01-05 09:00:00\.000000000 to 2026-01-05 09:00:00\.\d{9} UTC, 0\.007 s\n/);
    expect(out).toMatch(
      /\n  events +37\n  host +node-1\n  containers +1\n    [0-9a-f]{12}  web  docker\.io\/library\/nginx:/,
    );
    expect(out).toMatch(/\n  gaps +none\n$/);
    const events = await trace('events', attack, 'evt.type=execve', '-f', 'evt.time,proc.cmdline');
    expect(events.out).toBe('8 09:00:00.003820000 sh -c id\n14 09:00:00.004510000 id\n');
    const one = await trace('events', attack, 'evt.type=execve', '--after', '8', '-f', 'proc.cmdline', '--json');
    expect(one.out).toBe('{"evt.num":14,"proc.cmdline":"id"}\n');
    expect((await trace('label', benign, 'kind-', 'checked=yes')).out).toBe(`${benign}  checked=yes\n`);
    expect(await ids('--label', 'kind')).toEqual([attack]);
  });

  it('tells and sets the policy of the tenant', async () => {
    const policy = (...words: string[]): ReturnType<typeof creance> =>
      creance(['policy', ...words, '--server', service.url]);
    expect((await policy('show')).out).toMatch(/^kept now +\d+ traces, .*\ndeleted +never\n/);
    const set = await policy('set', '--max-age', '90d', '--max-size', '500GiB', '--quota-traces', '10000');
    expect(set.out).toContain('deleted     after 90 days, the oldest beyond 500.0 GiB\nat most     10,000 traces');
    expect(JSON.parse((await policy('set', '--json')).out)).toMatchObject({ version: 2 });
    expect(await policy('set', '--max-size', 'much')).toMatchObject({ code: 2 });
    expect(await policy('keep')).toMatchObject({ code: 2 });
  });

  it('goes on with an upload that was interrupted', async () => {
    const client = new ServiceClient(new URL(service.url), undefined);
    const sha256 = createHash('sha256')
      .update(readFileSync(file('large.jsonl')))
      .digest('hex');
    const body = { name: 'resumed', size: LARGE + 15, sha256 };
    const { id } = await client.call('POST /v1/uploads', { body });
    expect(await trace('put', '--resume', id, file('small.jsonl'))).toMatchObject({ code: 3 });
    const put = await trace('put', '--resume', id, file('large.jsonl'), '--json');
    expect(JSON.parse(put.out)).toMatchObject({ name: 'resumed', size: LARGE + 15, sha256 });
  });

  it.each([
    ['a file that is no trace', ['put', 'words.txt'], 1, /TRACE_REFUSED/],
    ['a file that is not there', ['put', 'absent'], 3, /absent: no such file/],
    ['an id that is none', ['rm', 'x'], 1, /there is no trace x.*UNKNOWN_TRACE/],
    ['no file', ['put'], 2, /which file\?/],
    ['something else', ['send', 'words.txt'], 2, /put, list, show, events, label, get, rm/],
    ['a label that is none', ['list', 'x', '--label'], 2, /label/],
    ['a kind that is none', ['label', 'x', 'kind=evil'], 2, /attack or benign/],
    ['a time that is none', ['list', '--since', 'today'], 2, /--since is 24h, 7d/],
    ['no condition that can be read', ['events', 'x', 'y', 'z'], 2, /one condition in quotes/],
  ])('says what is wrong with %s', async (_, [action = '', ...words], code, notes) => {
    const answer = await trace(action, ...words.map((word) => (action === 'put' ? file(word) : word)));
    expect(answer.code).toBe(code);
    expect(answer.notes).toMatch(notes);
  });

  it('says that nobody answers, and of a server that is none', async () => {
    const idle = new ServiceClient(new URL('http://127.0.0.1:4'), undefined, async () => {});
    await expect(idle.call('GET /v1/traces')).rejects.toThrow('http://127.0.0.1:4 does not answer: ECONNREFUSED');
    const answer = await creance(['trace', 'list', '--server', 'here']);
    expect(answer).toMatchObject({ code: 2, notes: expect.stringContaining("not 'here'") as string });
  });

  it('says at once that a tenant is full, though the service asks to come again in an hour', async () => {
    const full = createServer((_, response) => {
      const headers = { 'content-type': 'application/problem+json', 'retry-after': '3600' };
      response.writeHead(429, headers).end('{"code":"QUOTA_TRACES","detail":"2 traces are kept, of 2 that may be"}');
    });
    await new Promise<void>((resolve) => full.listen(0, '127.0.0.1', resolve));
    const { port } = full.address() as AddressInfo;
    const waits: number[] = [];
    const client = new ServiceClient(new URL(`http://127.0.0.1:${port}`), undefined, async (ms) => void waits.push(ms));
    await expect(client.call('POST /v1/uploads', { body: { size: 1, sha256: '' } })).rejects.toThrow(
      '2 traces are kept',
    );
    expect(waits).toEqual([]);
    await new Promise((resolve) => full.close(resolve));
  });

  it('arrives once through a network that refuses, fails and cuts', async () => {
    const { proxy, faults } = await faultyProxy(service.url);
    const { port } = proxy.address() as AddressInfo;
    const client = new ServiceClient(new URL(`http://127.0.0.1:${port}`), undefined, async () => {});
    const handle = await open(file('large.jsonl'));
    try {
      const { id } = await putTrace(client, handle, { name: 'through faults' });
      const { out } = await trace('list');
      expect(out.split('\n').filter((line) => line.endsWith('through faults'))).toEqual([expect.stringContaining(id)]);
      expect(faults.count).toBeGreaterThan(3);
    } finally {
      await handle.close();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    }
  });
});

/** Hands every third request on; of the others it answers one with 503 and cuts one off after the service did its work. */
async function faultyProxy(target: string): Promise<{ proxy: Server; faults: { count: number } }> {
  const faults = { count: 0 };
  let seen = 0;
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const turn = seen++ % 3;
    if (turn === 0) {
      faults.count++;
      return response.writeHead(503).end('not now');
    }
    const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
    const type = request.headers['content-type'];
    const headers = type === undefined ? {} : { 'content-type': type };
    const answer = await fetch(`${target}${request.url}`, { method: request.method ?? 'GET', headers, ...body });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (turn === 1) {
      faults.count++;
      return response.destroy();
    }
    return response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(bytes);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return { proxy, faults };
}
