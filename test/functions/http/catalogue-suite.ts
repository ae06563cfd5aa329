import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
  readonly text: string;
}

/** Looks for the index of a trace that is read in the background. */
const PATIENCE = 400;

const STORY = `story: A shell
containers: { web: { image: "nginx:1.27" } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx runs: sh -c id
  - nginx runs: ls
`;

/** What is known of stored traces over HTTP, in whatever runtime: index, labels, lists, events. */
export function catalogueSuite(fetchService: (request: Request) => Response | Promise<Response>): void {
  async function ask(method: string, path: string, body?: unknown, accept?: string): Promise<Answer> {
    const headers = new Headers();
    if (body !== undefined && !(body instanceof Uint8Array)) headers.set('content-type', 'application/json');
    if (accept !== undefined) headers.set('accept', accept);
    const sent = body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body);
    const init = { method, headers, ...(body === undefined ? {} : { body: sent }) };
    const answer = await fetchService(new Request(`http://127.0.0.1:8787${path}`, init));
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.endsWith('json') === true && !text.includes('}\n{');
    return { status: answer.status, json: isJson ? JSON.parse(text) : {}, text };
  }

  async function capture(story = STORY, to = 'scap'): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await fetchService(
      new Request('http://127.0.0.1:8787/v1/simulate', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ scenario: { text: story }, to }),
      }),
    );
    return new Uint8Array(await answer.arrayBuffer());
  }

  const put = (name: string, bytes: Uint8Array, query = ''): Promise<Answer> =>
    ask('POST', `/v1/traces?name=${name}${query}`, bytes);

  /** The trace once it was read. */
  async function read(id: unknown): Promise<Record<string, unknown>> {
    for (let looks = 0; looks < PATIENCE; looks++) {
      const { json } = await ask('GET', `/v1/traces/${String(id)}`);
      if (json['state'] !== 'pending') return json;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the trace is not read');
  }

  describe('a trace that is kept', () => {
    it('is read to its end in the background, and what it holds is told', async () => {
      const bytes = await capture();
      const kept = await put('indexed', bytes, '&label=kind=attack&label=workload=nginx');
      expect(kept).toMatchObject({
        status: 201,
        json: { state: 'pending', labels: { kind: 'attack', workload: 'nginx' } },
      });
      const { id } = kept.json;
      const trace = await read(id);
      expect(trace).toMatchObject({
        state: 'indexed',
        size: bytes.length,
        summary: {
          hosts: ['node-1'],
          images: ['nginx:1.27'],
          containers: 1,
          gaps: 0,
          firstTime: '1767603600000000000',
        },
      });
      const index = await ask('GET', `/v1/traces/${String(id)}/index`);
      expect(index.json).toMatchObject({
        id,
        containers: [{ image: 'nginx:1.27', name: 'web' }],
        gaps: [],
        diagnostics: [],
      });
      const { types, events, segments } = index.json as {
        types: Record<string, number>;
        events: number;
        segments: object[];
      };
      expect(types['execve']).toBe(3);
      expect(Object.values(types).reduce((a, b) => a + b, 0)).toBe(events);
      expect(segments).toMatchObject([{ sequence: 1, firstEvent: 1, events }]);
    });

    it('of which nothing can be read is unreadable, and says why', async () => {
      const { json } = await put('broken', new TextEncoder().encode('{"section":1}\nno line of a trace\n'));
      expect(await read(json['id'])).toMatchObject({ state: 'unreadable', reason: expect.any(String) });
    });

    it('that ends too early has a gap, and all that could be read', async () => {
      const { json } = await put('short', (await capture()).slice(0, -30));
      expect(await read(json['id'])).toMatchObject({ state: 'indexed', summary: { gaps: 1 } });
      const index = await ask('GET', `/v1/traces/${String(json['id'])}/index`);
      expect(index.json).toMatchObject({ gaps: [{ reason: 'cut', segment: 1 }] });
    });

    it('is labelled anew, one label at a time', async () => {
      const { json } = await put('labelled', await capture(), '&label=kind=attack&label=old=x');
      await read(json['id']);
      const path = `/v1/traces/${String(json['id'])}`;
      const changes = ['a', 'b', 'c'].map((key) => ask('PATCH', path, { labels: { [key]: '1', old: null } }));
      await Promise.all(changes);
      expect((await ask('GET', path)).json['labels']).toEqual({ kind: 'attack', a: '1', b: '1', c: '1' });
    });

    it.each([
      ['a kind that is none', { kind: 'evil' }],
      ['a technique that is none', { technique: 'T1' }],
      ['a key that climbs', { '../x': 'y' }],
      ['a value of two lines', { note: 'a\nb' }],
    ])('is not labelled with %s', async (_, labels) => {
      const { json } = await put('labelled', await capture());
      const answer = await ask('PATCH', `/v1/traces/${String(json['id'])}`, { labels });
      expect(answer).toMatchObject({ status: 422, json: { code: 'INVALID_REQUEST' } });
    });
  });

  describe('a list of traces', () => {
    const names = ['list-a', 'list-b', 'list-c', 'list-d', 'list-e'];

    beforeAll(async () => {
      const bytes = await capture();
      for (const [n, name] of names.entries()) {
        const { json } = await put(name, bytes, `&label=suite=listed&label=n=${n}&label=technique=T1059`);
        await read(json['id']);
      }
    });

    async function listed(query: string): Promise<string[]> {
      const { json } = await ask('GET', `/v1/traces?label=suite=listed&${query}`);
      return (json['traces'] as { name: string }[]).map(({ name }) => name).toSorted();
    }

    it.each([
      ['a label', 'label=n=2', ['list-c']],
      ['a label of any value', 'label=technique', names],
      ['two labels that no trace has together', 'label=n=1&label=n=2', []],
      ['an image', 'image=nginx*', names],
      ['another image', 'image=redis*', []],
      ['a host', 'host=no*-1', names],
      ['a name', 'name=*-b', ['list-b']],
      ['a state', 'state=pending', []],
      ['a time', 'from=2026-01-05T08:00:00Z&to=2026-01-05T10:00:00%2B00:00', names],
      ['a later time', 'from=2026-01-06T00:00:00Z', []],
      ['an earlier time', 'to=2026-01-04T00:00:00Z', []],
    ])('has those of %s', async (_, query, expected) => {
      expect(await listed(query)).toEqual(expected);
    });

    it.each(['newest', 'oldest'])('comes page by page, the %s first, every trace once', async (order) => {
      const pages: string[][] = [];
      for (let after = ''; ;) {
        const query = `label=suite=listed&order=${order}&limit=2${after}`;
        const { json } = await ask('GET', `/v1/traces?${query}`);
        pages.push((json['traces'] as { name: string }[]).map(({ name }) => name));
        if (json['next'] === undefined) break;
        after = `&after=${String(json['next'])}`;
      }
      expect(pages.flat().toSorted()).toEqual(names);
      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    });

    it.each([
      'limit=0',
      'limit=101',
      'order=best',
      'after=x',
      'from=then',
      'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
    ])('is refused with %s', async (query) => {
      expect(await ask('GET', `/v1/traces?${query}`)).toMatchObject({ status: 422, json: { code: 'INVALID_REQUEST' } });
    });
  });

  describe('the events of a trace', () => {
    let id = '';
    beforeAll(async () => {
      const { json } = await put('events', await capture());
      id = String(json['id']);
      await read(id);
    });
    const eventsOf = (query: string, accept?: string): Promise<Answer> =>
      ask('GET', `/v1/traces/${id}/events?${query}`, undefined, accept);
    const STARTS = `filter=${encodeURIComponent('evt.type=execve')}&fields=proc.cmdline,evt.time`;

    it('are those that a condition names, with the fields asked for', async () => {
      const { text } = await eventsOf(STARTS);
      const lines = text.split('\n').filter((line) => line.startsWith('{"evt.num"'));
      expect(lines[0]).toMatch(/^\{"evt.num":\d+,"evt.time":\d{19},"proc.cmdline":"sh -c id"\},?$/);
      expect(text).toContain('"report":{"events":3,"diagnostics":[]}');
    });

    it('come page by page, and as lines', async () => {
      const commands: string[] = [];
      const numbers: number[] = [];
      for (let after = 0; ;) {
        const { text } = await eventsOf(`${STARTS}&limit=2&after=${after}`, 'application/x-ndjson');
        const lines = text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        const { report } = lines.pop() as { report: { next?: number } };
        commands.push(...lines.map((line) => String(line['proc.cmdline'])));
        numbers.push(...lines.map((line) => Number(line['evt.num'])));
        if (report.next === undefined) break;
        expect(report.next).toBe(numbers.at(-1));
        after = report.next;
      }
      expect(commands).toEqual(['sh -c id', 'id', 'ls']);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    });

    it('are all of them where nothing is asked for', async () => {
      const { json } = await ask('GET', `/v1/traces/${id}/index`);
      const { text } = await eventsOf('fields=evt.type');
      expect(text).toContain(`{"evt.num":${String(json['events'])},"evt.type":"procexit"}]`);
      expect(text.match(/"evt.type":"openat"/g)).toHaveLength((json['types'] as { openat: number }).openat);
    });

    it.each([
      ['a condition with errors', 'filter=proc.nam=x', 422, 'CONDITION_REFUSED'],
      ['a field that is none', 'fields=proc.nam', 422, 'CONDITION_REFUSED'],
      ['no number', 'after=x', 422, 'INVALID_REQUEST'],
      ['a limit of nothing', 'limit=0', 422, 'INVALID_REQUEST'],
    ])('are refused for %s', async (_, query, status, code) => {
      expect(await eventsOf(query)).toMatchObject({ status, json: { code } });
    });

    it('of a recording are read from the segment in which the page begins', async () => {
      const recording = await ask('POST', '/v1/recordings', { key: 'paged', name: 'paged', encoding: 'scap' });
      const long = String(recording.json['id']);
      for (const [n, command] of ['whoami', 'uname'].entries()) {
        const bytes = await capture(STORY.replace('sh -c id', command));
        const about = { sequence: n + 1, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
        const { json: upload } = await ask('POST', `/v1/recordings/${long}/segments`, about);
        const { json } = await ask('POST', `/v1/uploads/${String(upload['id'])}/parts`, { parts: [1] });
        const { url } = (json['parts'] as { url: string }[])[0] as { url: string };
        await (await fetch(url, { method: 'PUT', body: bytes })).arrayBuffer();
        await ask('POST', `/v1/uploads/${String(upload['id'])}/complete`);
      }
      expect((await ask('GET', `/v1/traces/${long}`)).json).toMatchObject({
        state: 'open',
        recording: { open: true, segments: 2 },
      });
      await ask('POST', `/v1/recordings/${long}/close`, { segments: 3, lost: [3] });
      expect(await read(long)).toMatchObject({ state: 'indexed', summary: { gaps: 1 } });
      const { json } = await ask('GET', `/v1/traces/${long}/index`);
      expect(json).toMatchObject({ gaps: [{ reason: 'missing', segment: 3 }] });
      const [first, second] = json['segments'] as { firstEvent: number; events: number }[];
      expect(second?.firstEvent).toBe((first?.events ?? 0) + 1);
      const all = await ask('GET', `/v1/traces/${long}/events?${STARTS}`);
      const later = await ask('GET', `/v1/traces/${long}/events?${STARTS}&after=${String(first?.events)}`);
      expect((all.json['events'] as { 'proc.cmdline': string }[]).map((event) => event['proc.cmdline'])).toEqual([
        'whoami',
        'ls',
        'uname',
        'ls',
      ]);
      expect(later.json['events']).toEqual((all.json['events'] as object[]).slice(2));
    });
  });

  describe('the description of traces, recordings and policies', () => {
    interface Operation {
      readonly parameters?: readonly { in: string; name: string; example?: unknown; schema: { example?: unknown } }[];
      readonly requestBody?: { content: Record<string, { example?: unknown }> };
    }

    async function operation(method: string, path: string): Promise<Operation> {
      const { json } = await ask('GET', '/v1/openapi.json');
      return (json['paths'] as Record<string, Record<string, Operation>>)[path]?.[method] as Operation;
    }

    async function trace(): Promise<string> {
      return String((await put('described', await capture())).json['id']);
    }

    it.each(['/v1/traces', '/v1/traces/{id}/events'])('has examples of queries that work: %s', async (path) => {
      const { parameters = [] } = await operation('get', path);
      const examples = parameters.flatMap(({ in: place, name, example, schema }) => {
        const value = example ?? schema.example;
        return place === 'query' && value !== undefined
          ? [value].flat().map((one) => [name, String(one)] as const)
          : [];
      });
      expect(examples.length).toBeGreaterThan(1);
      const id = await trace();
      for (const example of examples) {
        const query = new URLSearchParams([[...example]]).toString();
        const answer = await ask('GET', `${path.replace('{id}', id)}?${query}`);
        expect([example, answer.status]).toEqual([example, 200]);
      }
    });

    it.each([
      ['post', '/v1/uploads', 201],
      ['post', '/v1/uploads/{id}/parts', 200],
      ['post', '/v1/recordings', 201],
      ['post', '/v1/recordings/{id}/segments', 201],
      ['post', '/v1/recordings/{id}/close', 200],
      ['patch', '/v1/traces/{id}', 200],
      ['put', '/v1/policy', 200],
    ])('has an example of a body that works: %s %s', async (method, path, status) => {
      const exampleOf = async (...of: Parameters<typeof operation>): Promise<unknown> =>
        (await operation(...of)).requestBody?.content['application/json']?.example;
      let id = '';
      if (path.startsWith('/v1/traces/')) id = await trace();
      else if (path.includes('{id}')) {
        const parent = path.slice(0, path.indexOf('/{id}'));
        const example = {
          ...((await exampleOf('post', parent)) as object),
          ...(parent === '/v1/recordings' && { key: path }),
        };
        id = String((await ask('POST', parent, example)).json['id']);
      }
      const answer = await ask(method.toUpperCase(), path.replace('{id}', id), await exampleOf(method, path));
      expect(answer.status).toBe(status);
    });
  });

  describe('the policy of a tenant', () => {
    it('is set, told with what is kept, and never what it was not set to', async () => {
      expect((await ask('PUT', '/v1/policy', { maxAgeDays: 30 })).json).toMatchObject({ maxAgeDays: 30 });
      const { json } = await ask('PUT', '/v1/policy', { quotaTraces: 50_000 });
      expect(json).toMatchObject({ quotaTraces: 50_000, usage: { traces: expect.any(Number) } });
      expect(json).not.toHaveProperty('maxAgeDays');
      expect((await ask('PUT', '/v1/policy', { maxAge: 1 })).status).toBe(422);
    });
  });
}
