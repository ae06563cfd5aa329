import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const PART = 8 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** The life of a stored trace over HTTP: sent in parts, gone on with, downloaded, deleted. */
export function traceLifeSuite(fetchService: (request: Request) => Response | Promise<Response>): void {
  async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetchService(new Request(`http://127.0.0.1:8787${path}`, { method, ...init }));
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  /** Sends some parts of an upload to where the service says. */
  async function send(id: unknown, bytes: Uint8Array<ArrayBuffer>, parts: readonly number[]): Promise<number[]> {
    const { json } = await ask('POST', `/v1/uploads/${String(id)}/parts`, { parts });
    const statuses: number[] = [];
    for (const { number, url } of json['parts'] as { number: number; url: string }[]) {
      const body = bytes.slice((number - 1) * PART, number * PART);
      statuses.push((await fetch(url, { method: 'PUT', body })).status);
    }
    return statuses;
  }

  const begin = (bytes: Uint8Array, name: string): Promise<Answer> =>
    ask('POST', '/v1/uploads', { name, size: bytes.length, sha256: sha256(bytes) });

  describe('an upload in parts', () => {
    const bytes = lines(2 * PART + 1_000);

    it('becomes a trace of the same bytes, also when it is interrupted and gone on with', async () => {
      const upload = await begin(bytes, 'long.jsonl');
      expect(upload).toMatchObject({ status: 201, json: { partSize: PART, parts: 3, arrived: [] } });
      const { id } = upload.json;
      expect(await send(id, bytes, [3, 1])).toEqual([200, 200]);
      const early = await ask('POST', `/v1/uploads/${String(id)}/complete`);
      expect(early).toMatchObject({ status: 409, json: { code: 'UPLOAD_INCOMPLETE', missing: [2] } });
      const { json } = await ask('GET', `/v1/uploads/${String(id)}`);
      expect(json['arrived']).toEqual([
        { number: 1, size: PART },
        { number: 3, size: 1_000 },
      ]);
      expect(await send(id, bytes, [2])).toEqual([200]);
      const done = await ask('POST', `/v1/uploads/${String(id)}/complete`);
      expect(done).toMatchObject({
        status: 201,
        json: { name: 'long.jsonl', size: bytes.length, sha256: sha256(bytes), encoding: 'jsonl' },
      });
      const content = await fetchService(
        new Request(`http://127.0.0.1:8787/v1/traces/${String(done.json['id'])}/content`),
      );
      expect(content.headers.get('content-disposition')).toBe('attachment; filename="long.jsonl"');
      expect(sha256(new Uint8Array(await content.arrayBuffer()))).toBe(sha256(bytes));
      expect((await ask('GET', `/v1/uploads/${String(id)}`)).json).toMatchObject({
        trace: done.json['id'],
        arrived: [],
      });
      const again = await ask('POST', `/v1/uploads/${String(id)}/complete`);
      expect(again).toMatchObject({ status: 200, json: { id: done.json['id'], sha256: sha256(bytes) } });
    });

    it('is refused when something else arrived than was announced', async () => {
      const { json } = await begin(lines(1_000), 'other');
      await send(json['id'], lines(999), [1]);
      const done = await ask('POST', `/v1/uploads/${String(json['id'])}/complete`);
      expect(done).toMatchObject({ status: 422, json: { code: 'UPLOAD_DIFFERS' } });
    });

    it('is refused when what arrived is no trace', async () => {
      const words = new TextEncoder().encode('not a trace');
      const { json } = await begin(words, 'words');
      await send(json['id'], words, [1]);
      const done = await ask('POST', `/v1/uploads/${String(json['id'])}/complete`);
      expect(done).toMatchObject({ status: 422, json: { code: 'TRACE_REFUSED' } });
    });

    it('takes parts through the service too, each of the size that it must have', async () => {
      const short = lines(1_000);
      const { json } = await begin(short, 'through');
      const put = async (number: number | string, body: Uint8Array<ArrayBuffer>): Promise<[number, string]> => {
        const address = `http://127.0.0.1:8787/v1/uploads/${String(json['id'])}/parts/${number}`;
        const answer = await fetchService(new Request(address, { method: 'PUT', body }));
        return [answer.status, await answer.text()];
      };
      expect(await put(2, short)).toMatchObject([422, expect.stringContaining('there is no part 2')]);
      expect(await put('x', short)).toMatchObject([422, expect.stringContaining('INVALID_REQUEST')]);
      expect(await put(1, lines(999))).toMatchObject([422, expect.stringContaining('has 1000 bytes, not 999')]);
      expect(await put(1, short)).toEqual([204, '']);
      expect(await put(1, short)).toEqual([204, '']);
      const done = await ask('POST', `/v1/uploads/${String(json['id'])}/complete`);
      expect(done).toMatchObject({ status: 201, json: { name: 'through', sha256: sha256(short) } });
    });

    it('can be given up', async () => {
      const { json } = await begin(bytes, 'never');
      await send(json['id'], bytes, [1]);
      expect((await ask('DELETE', `/v1/uploads/${String(json['id'])}`)).status).toBe(204);
      expect((await ask('DELETE', `/v1/uploads/${String(json['id'])}`)).status).toBe(404);
    });

    it('takes nothing but the part that an address is for', async () => {
      const { json } = await begin(lines(1_000), 'signed');
      const { json: asked } = await ask('POST', `/v1/uploads/${String(json['id'])}/parts`, { parts: [1] });
      const { url } = (asked['parts'] as { url: string }[])[0] as { url: string };
      const elsewhere = [
        url.replace('/parts/00001', '/parts/00002'),
        url.replace('/parts/00001', '/announced.json'),
        url.replace(/\/t\/[^/]+\//, '/t/rival/'),
        url.replace(String(json['id']), '0'.repeat(32)),
        url.replace(/X-Amz-Signature=[0-9a-f]{8}/, 'X-Amz-Signature=00000000'),
      ];
      for (const address of elsewhere) {
        expect(address).not.toBe(url);
        const answer = await fetch(address, { method: 'PUT', body: lines(1_000) });
        await answer.arrayBuffer();
        expect(answer.status).toBe(403);
      }
    });

    it.each([
      ['a size of nothing', { size: 0, sha256: 'a'.repeat(64) }],
      ['a size beyond the limit', { size: 2 ** 40, sha256: 'a'.repeat(64) }],
      ['no hash', { size: 1 }],
      ['a hash that is none', { size: 1, sha256: '../../x' }],
    ])('is not begun with %s', async (_, body) => {
      expect(await ask('POST', '/v1/uploads', body)).toMatchObject({ status: 422, json: { code: 'INVALID_REQUEST' } });
    });

    it('has no part beyond the last', async () => {
      const { json } = await begin(lines(1_000), 'short');
      const asked = await ask('POST', `/v1/uploads/${String(json['id'])}/parts`, { parts: [2] });
      expect(asked).toMatchObject({ status: 422, json: { code: 'INVALID_REQUEST' } });
    });
  });

  describe('a stored trace', () => {
    async function keep(name: string, body: Uint8Array<ArrayBuffer>): Promise<string> {
      const answer = await fetchService(
        new Request(`http://127.0.0.1:8787/v1/traces?name=${encodeURIComponent(name)}`, { method: 'POST', body }),
      );
      return ((await answer.json()) as { id: string }).id;
    }

    it('is downloaded as it was sent, or in another encoding', async () => {
      const sent = new Uint8Array(gzipSync(lines(5_000)));
      const id = await keep('../a name: ü.jsonl.gz', sent);
      const get = async (as: string): Promise<{ bytes: Uint8Array; name: string | null }> => {
        const answer = await fetchService(new Request(`http://127.0.0.1:8787/v1/traces/${id}/content?as=${as}`));
        const bytes = new Uint8Array(await answer.arrayBuffer());
        return { bytes, name: answer.headers.get('content-disposition') };
      };
      const stored = await get('stored');
      expect(stored.bytes).toEqual(sent);
      expect(stored.name).toBe(`attachment; filename="${id}.jsonl.gz"`);
      expect((await get('scap')).bytes.slice(0, 4)).toEqual(Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a));
      expect((await get('compat')).bytes.slice(0, 4)).toEqual(Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a));
      expect(new TextDecoder().decode((await get('jsonl')).bytes)).toContain('"section":1');
    });

    it('is gone when it was deleted, with a word on what is gone', async () => {
      const bytes = lines(2_000);
      const id = await keep('deleted', bytes);
      const gone = await ask('DELETE', `/v1/traces/${id}`);
      expect(gone).toMatchObject({
        status: 200,
        json: {
          id,
          sha256: sha256(bytes),
          size: bytes.length,
          objects: expect.arrayContaining(['manifest.json', 'segments/0.jsonl']) as string[],
        },
      });
      expect((await ask('GET', `/v1/traces/${id}`)).status).toBe(404);
      expect((await ask('DELETE', `/v1/traces/${id}`)).status).toBe(404);
    });
  });
}

/** Lines of a jsonl trace, of a length in bytes. */
function lines(length: number): Uint8Array<ArrayBuffer> {
  const head = '{"section":1}\n';
  return new TextEncoder().encode(head + ' '.repeat(length - head.length - 1) + '\n');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
