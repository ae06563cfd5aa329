import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import type { Received } from './webhook-receiver.ts';

const STORY = `story: A web server is tricked into starting a shell
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx runs: sh -c id
  - nginx runs: sh -c ls
`;
const RULES = [{ name: 'my_rules.yaml', text: FIRST_RULES }];
const SECRET = 'a secret of sixteen';
const SUITE = {
  files: [
    { name: 'a.test.yaml', text: 'rules: [r.yaml]\ntests:\n  - scenario: s.yaml\n    expect: []\n' },
    { name: 'r.yaml', text: FIRST_RULES },
    { name: 's.yaml', text: STORY },
  ],
};
const PATIENCE = 400;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Answers that come from runs, and webhooks that are told of them, in whatever runtime. */
export function backgroundSuite(
  fetchService: (request: Request) => Response | Promise<Response>,
  receiver: () => string,
): void {
  async function ask(method: string, path: string, body?: unknown, more: HeadersInit = {}): Promise<Answer> {
    const headers = new Headers(more);
    const isForm = body instanceof FormData;
    if (body !== undefined && !isForm) headers.set('content-type', 'application/json');
    const sent = body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) };
    const answer = await fetchService(new Request(`http://127.0.0.1:8787${path}`, { method, headers, ...sent }));
    const text = await answer.text();
    const isJson = /^application\/(problem\+)?json/.test(answer.headers.get('content-type') ?? '');
    const json = isJson ? (JSON.parse(text) as never) : {};
    return { status: answer.status, headers: answer.headers, text, json };
  }

  /** The run once it has ended, and once everybody was told of it. */
  async function ended(id: unknown): Promise<Record<string, unknown>> {
    for (let looks = 0; looks < PATIENCE; looks++) {
      const { json } = await ask('GET', `/v1/runs/${String(id)}`);
      const deliveries = (json['deliveries'] ?? []) as { state: string }[];
      if (json['state'] !== 'running' && deliveries.every(({ state }) => state !== 'pending')) return json;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the run does not end');
  }

  async function received(path: string): Promise<Received[]> {
    return (await (await fetch(`${receiver()}${path}`)).json()) as Received[];
  }

  describe('an answer from a run', () => {
    it('is that of the request, when it prefers not to wait', async () => {
      const body = { scenario: { text: STORY }, rules: RULES };
      const now = await ask('POST', '/v1/detect', body, { accept: 'application/x-ndjson' });
      expect(now.status).toBe(200);
      const later = await ask('POST', '/v1/detect', body, {
        accept: 'application/x-ndjson',
        prefer: 'wait=0, respond-async',
      });
      expect(later).toMatchObject({ status: 202, json: { kind: 'request', request: '/v1/detect' } });
      expect(later.headers.get('preference-applied')).toBe('respond-async');
      const run = later.headers.get('location') as string;
      expect(run).toBe(`/v1/runs/${String(later.json['id'])}`);
      expect(await ended(later.json['id'])).toMatchObject({ state: 'done', links: { result: `${run}/answer` } });
      const answer = await ask('GET', `${run}/answer`);
      expect(answer).toMatchObject({ status: 200, text: now.text });
      expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
      expect(await ask('GET', `${run}/report`)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    });

    it('keeps a capture that came along', async () => {
      const simulated = await fetchService(
        new Request('http://127.0.0.1:8787/v1/simulate', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ scenario: { text: STORY } }),
        }),
      );
      const form = new FormData();
      form.append('rules', new File([FIRST_RULES], 'my_rules.yaml'));
      form.append('trace', new File([await simulated.arrayBuffer()], 'shells.scap'));
      const { status, json } = await ask('POST', '/v1/detect', form, { prefer: 'respond-async' });
      expect(status).toBe(202);
      await ended(json['id']);
      const answer = await ask('GET', `/v1/runs/${String(json['id'])}/answer`);
      expect((JSON.parse(answer.text) as { report: object }).report).toMatchObject({ alerts: 2 });
    });

    it.each([
      ['/v1/explain', { rule: 'Shell Spawned in Container', scenario: { text: STORY }, rules: RULES }],
      ['/v1/diff', { from: RULES, to: RULES, scenarios: [{ text: STORY }] }],
      ['/v1/filter', { condition: 'evt.num > 0', fields: ['proc.name'], scenario: { text: STORY } }],
      ['/v1/verify', { files: SUITE.files }],
    ])('is there for %s too', async (path, body) => {
      const now = await ask('POST', path, body);
      expect(now.status).toBe(200);
      const { json } = await ask('POST', path, body, { prefer: 'respond-async' });
      await ended(json['id']);
      expect((await ask('GET', `/v1/runs/${String(json['id'])}/answer`)).text).toBe(now.text);
    });

    it('may be a refusal', async () => {
      const body = { scenario: 'no-such-scenario', rules: RULES };
      const { json } = await ask('POST', '/v1/detect', body, { prefer: 'respond-async' });
      await ended(json['id']);
      const answer = await ask('GET', `/v1/runs/${String(json['id'])}/answer`);
      expect(answer).toMatchObject({ status: 404, json: { code: 'UNKNOWN_SCENARIO' } });
    });
  });

  describe('the OpenAPI document', () => {
    it.each([
      ['put', '/v1/rulesets/{name}'],
      ['put', '/v1/suites/{name}'],
      ['put', '/v1/webhooks/{name}'],
      ['post', '/v1/runs'],
      ['post', '/v1/detect'],
      ['post', '/v1/explain'],
      ['post', '/v1/diff'],
      ['post', '/v1/filter'],
      ['post', '/v1/verify'],
    ])('has an example that works: %s %s', async (method, path) => {
      const { paths } = (await ask('GET', '/v1/openapi.json')).json as {
        paths: Record<string, Record<string, { requestBody: { content: Record<string, { example?: object }> } }>>;
      };
      const example = paths[path]?.[method]?.requestBody.content['application/json']?.example;
      expect(example).toBeDefined();
      const { status, json } = await ask(method.toUpperCase(), path.replace('{name}', 'node-attacks'), example);
      expect([200, 202]).toContain(status);
      if (path !== '/v1/runs') return;
      await ended(json['id']);
      const { json: told } = await ask('GET', `/v1/runs/${String(json['id'])}/report`);
      expect(told['report']).toMatchObject({ passed: 1, tests: [{ findings: [], status: 'passed' }] });
      await ask('DELETE', '/v1/webhooks/node-attacks');
    });
  });

  describe('a webhook', () => {
    it('is told of a run in a message that is signed, again if it was busy', async () => {
      const url = `${receiver()}/busy/signed`;
      const kept = await ask('PUT', '/v1/webhooks/signed', { url, secret: SECRET });
      expect(kept).toMatchObject({ status: 200, json: { name: 'signed', origin: receiver(), signed: true } });
      expect((await ask('GET', '/v1/webhooks')).text).not.toContain(SECRET);
      await ask('PUT', '/v1/suites/told', SUITE);
      const { json } = await ask('POST', '/v1/runs', { suite: 'told', deliver: ['signed'] });
      const run = await ended(json['id']);
      expect(run['deliveries']).toMatchObject([
        { webhook: 'signed', state: 'delivered', messages: 1, tries: [{ status: 503 }, { status: 204 }] },
      ]);
      const [message] = await received('/busy/signed');
      expect(JSON.parse(message?.body ?? '')).toMatchObject({
        run: json['id'],
        state: 'done',
        suite: 'told',
        failed: 1,
      });
      expect(message?.headers['x-creance-event']).toBe('run.done');
      const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(message?.headers['x-creance-signature'] ?? '') ?? [];
      expect(mac).toBe(createHmac('sha256', SECRET).update(`${time}.${message?.body}`).digest('hex'));
    });

    it('is sent each alert of a run as Falco sends them', async () => {
      await ask('PUT', '/v1/webhooks/sidekick', { url: `${receiver()}/sidekick`, format: 'falco' });
      const body = { scenario: { text: STORY }, rules: RULES, hostname: 'alerts' };
      const { json } = await ask('POST', '/v1/detect?deliver=sidekick', body);
      expect((await ended(json['id']))['deliveries']).toMatchObject([{ state: 'delivered', messages: 2 }]);
      const alerts = (await received('/sidekick')).map((message) => JSON.parse(message.body) as object);
      expect(alerts).toMatchObject([
        { rule: 'Shell Spawned in Container', priority: 'Warning', hostname: 'alerts', output_fields: {} },
        { rule: 'Shell Spawned in Container' },
      ]);
      const again = await ask('POST', '/v1/detect?deliver=sidekick', body);
      expect(again).toMatchObject({ status: 200, json: { id: json['id'], state: 'done' } });
      expect(await received('/sidekick')).toHaveLength(2);
    });

    it('takes alerts of runs that have some only, and is forgotten', async () => {
      await ask('PUT', '/v1/webhooks/gone', { url: `${receiver()}/gone`, format: 'falco' });
      await ask('PUT', '/v1/suites/told', SUITE);
      expect((await ask('POST', '/v1/runs', { suite: 'told', deliver: ['gone'] })).status).toBe(422);
      expect((await ask('DELETE', '/v1/webhooks/gone')).status).toBe(204);
      expect(await ask('DELETE', '/v1/webhooks/gone')).toMatchObject({
        status: 404,
        json: { code: 'UNKNOWN_WEBHOOK' },
      });
      expect(await ask('POST', '/v1/runs', { suite: 'told', deliver: ['gone'] })).toMatchObject({ status: 404 });
    });
  });
}
