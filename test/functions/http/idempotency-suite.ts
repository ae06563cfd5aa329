import { describe, expect, it } from 'vitest';

const LINES = '{"section":1}\n';
const FILES = { files: [{ name: 'a.test.yaml', text: 'rules: []\ntests: []\n' }] };

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
}

/** Writes that are asked for again under the same key, in whatever runtime. */
export function idempotencySuite(fetchService: (request: Request) => Response | Promise<Response>): void {
  async function write(method: string, path: string, key: string, body?: string | object): Promise<Answer> {
    const isJson = typeof body === 'object';
    const headers = {
      'idempotency-key': key,
      'content-type': isJson ? 'application/json' : 'application/octet-stream',
    };
    const sent = body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body };
    const answer = await fetchService(new Request(`http://127.0.0.1:8787${path}`, { method, headers, ...sent }));
    return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
  }

  describe('an Idempotency-Key', () => {
    it.each<[string, string, string, string | object]>([
      ['an upload', 'POST', '/v1/traces?name=key', LINES],
      ['an upload in parts', 'POST', '/v1/uploads', { name: 'key', size: 5, sha256: '0'.repeat(64) }],
      ['a suite', 'PUT', '/v1/suites/key', FILES],
    ])('has %s answered as it was before', async (what, method, path, body) => {
      const key = `again ${what}`.replaceAll(' ', '-');
      const first = await write(method, path, key, body);
      expect(first.status).toBeLessThan(300);
      expect(await write(method, path, key, body)).toEqual(first);
      const other = await write(method, path, `${key}-other`, body);
      // A new upload in parts is another one; what is kept by its content is the same.
      if (path === '/v1/uploads') expect(other.text).not.toBe(first.text);
    });

    it('is refused for another body, another address, another method', async () => {
      const refused = { status: 422, text: expect.stringContaining('"IDEMPOTENCY_KEY_REUSED"') };
      expect((await write('PUT', '/v1/suites/reused', 'reused', FILES)).status).toBe(200);
      expect(await write('PUT', '/v1/suites/reused', 'reused', { ...FILES, traces: {} })).toMatchObject(refused);
      expect(await write('PUT', '/v1/suites/reused-2', 'reused', FILES)).toMatchObject(refused);
      expect(await write('POST', '/v1/traces?name=a', 'reused', LINES)).toMatchObject(refused);
    });

    it('does not keep what was refused, and has a shape', async () => {
      expect((await write('POST', '/v1/traces?name=bad', 'bad', 'no trace')).status).toBe(422);
      expect((await write('POST', '/v1/traces?name=bad', 'bad', LINES)).status).toBe(201);
      expect((await write('PUT', '/v1/suites/shape', 'k'.repeat(256), FILES)).status).toBe(422);
    });

    it('gives two that come at a time one answer', async () => {
      const body = { name: 'race', size: 5, sha256: '1'.repeat(64) };
      const both = await Promise.all([1, 2].map(() => write('POST', '/v1/uploads', 'race', body)));
      expect(both[0]).toEqual(both[1]);
    });
  });

  describe('a body that is JSON', () => {
    it.each([
      ['PUT', '/v1/suites/form'],
      ['PUT', '/v1/rulesets/form'],
      ['PUT', '/v1/webhooks/form'],
      ['POST', '/v1/runs'],
      ['POST', '/v1/uploads'],
    ])('is not taken as a form: %s %s', async (method, path) => {
      const body = new FormData();
      body.append('files', 'a');
      const answer = await fetchService(new Request(`http://127.0.0.1:8787${path}`, { method, body }));
      expect(answer.status).toBe(415);
    });
  });
}
