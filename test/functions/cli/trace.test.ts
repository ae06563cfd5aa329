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

  it('goes on with an upload that was interrupted', async () => {
    const client = new ServiceClient(new URL(service.url), undefined);
    const sha256 = createHash('sha256')
      .update(readFileSync(file('large.jsonl')))
      .digest('hex');
    const { id } = await client.json<{ id: string }>('POST', '/v1/uploads', {
      json: { name: 'resumed', size: LARGE + 15, sha256 },
    });
    expect(await trace('put', '--resume', id, file('small.jsonl'))).toMatchObject({ code: 3 });
    const put = await trace('put', '--resume', id, file('large.jsonl'), '--json');
    expect(JSON.parse(put.out)).toMatchObject({ name: 'resumed', size: LARGE + 15, sha256 });
  });

  it.each([
    ['a file that is no trace', ['put', 'words.txt'], 1, /TRACE_REFUSED/],
    ['a file that is not there', ['put', 'absent'], 3, /absent: no such file/],
    ['an id that is none', ['rm', 'x'], 1, /there is no trace x.*UNKNOWN_TRACE/],
    ['no file', ['put'], 2, /which file\?/],
    ['something else', ['send', 'words.txt'], 2, /put, list, get, rm/],
  ])('says what is wrong with %s', async (_, [action = '', ...words], code, notes) => {
    const answer = await trace(action, ...words.map((word) => (action === 'put' ? file(word) : word)));
    expect(answer.code).toBe(code);
    expect(answer.notes).toMatch(notes);
  });

  it('says that nobody answers, and of a server that is none', async () => {
    const idle = new ServiceClient(new URL('http://127.0.0.1:4'), undefined, async () => {});
    await expect(idle.json('GET', '/v1/traces')).rejects.toThrow('http://127.0.0.1:4 does not answer: ECONNREFUSED');
    const answer = await creance(['trace', 'list', '--server', 'here']);
    expect(answer).toMatchObject({ code: 2, notes: expect.stringContaining("not 'here'") as string });
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
