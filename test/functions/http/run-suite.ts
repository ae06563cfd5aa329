import { describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

const SCENARIO = `story: A web server is tricked into starting a shell
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx runs: sh -c id
`;
const QUIET = SCENARIO.replace('sh -c id', 'nginx -t');
const TESTS = `rules: [rules.yaml]
tests:
  - name: a shell is seen
    scenario: attack.yaml
    expect:
      - alert: Shell Spawned in Container
      - no other alerts
  - name: a check of the configuration is not
    scenario: quiet.yaml
    expect: []
  - name: the recorded attack is seen
    trace: recorded/attack.scap
    expect:
      - alert: Shell Spawned in Container
`;
/** Rules under which nothing is seen. */
const BLIND = FIRST_RULES.replace('condition: ', 'condition: proc.name = nothing and ');
const PATIENCE = 400;

/** Suites and their runs over HTTP, in whatever runtime; the report's bytes are the same in each. */
export function runSuite(fetchService: (request: Request) => Response | Promise<Response>): void {
  async function ask(method: string, path: string, body?: unknown, accept?: string): Promise<Answer> {
    const headers = new Headers();
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (accept !== undefined) headers.set('accept', accept);
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetchService(new Request(`http://127.0.0.1:8787${path}`, init));
    const text = await answer.text();
    const type = answer.headers.get('content-type');
    const json = type?.includes('json') === true ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: answer.status, type, text, json };
  }

  async function traceId(): Promise<string> {
    const simulated = await fetchService(
      new Request('http://127.0.0.1:8787/v1/simulate', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ scenario: { text: SCENARIO } }),
      }),
    );
    const body = await simulated.arrayBuffer();
    const kept = await fetchService(new Request('http://127.0.0.1:8787/v1/traces?name=run', { method: 'POST', body }));
    return ((await kept.json()) as { id: string }).id;
  }

  async function keepSuite(name: string, tests = TESTS): Promise<Answer> {
    const files = [
      { name: 'nodes.test.yaml', text: tests },
      { name: 'rules.yaml', text: FIRST_RULES },
      { name: 'attack.yaml', text: SCENARIO },
      { name: 'quiet.yaml', text: QUIET },
    ];
    return ask('PUT', `/v1/suites/${name}`, { files, traces: { 'recorded/attack.scap': await traceId() } });
  }

  async function done(id: unknown): Promise<Answer> {
    for (let looks = 0; looks < PATIENCE; looks++) {
      const answer = await ask('GET', `/v1/runs/${String(id)}`);
      if (answer.json['state'] !== 'running') return answer;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the run does not end');
  }

  describe('a run', () => {
    it('runs each test of a suite and reports, in every form', async () => {
      expect((await keepSuite('nodes')).json).toMatchObject({ name: 'nodes', version: 1 });
      expect((await keepSuite('nodes')).json).toMatchObject({ version: 1 });
      const begun = await ask('POST', '/v1/runs', { suite: 'nodes' });
      expect(begun).toMatchObject({ status: 202, json: { suite: 'nodes', version: 1, tests: 3 } });
      const { id } = begun.json;
      expect((await done(id)).json).toMatchObject({ state: 'done', shards: { total: 2, done: 2 } });
      const report = await ask('GET', `/v1/runs/${String(id)}/report`);
      expect(report.json).toMatchObject({ run: id, report: { passed: 3, failed: 0, errors: 0 } });
      const junit = await ask('GET', `/v1/runs/${String(id)}/report`, undefined, 'application/junit+xml');
      expect(junit.text).toContain('tests="3" failures="0" errors="0"');
      const sarif = await ask('GET', `/v1/runs/${String(id)}/report`, undefined, 'application/sarif+json');
      expect(sarif.json).toMatchObject({ version: '2.1.0' });
      const markdown = await ask('GET', `/v1/runs/${String(id)}/report`, undefined, 'text/markdown');
      expect(markdown.text).toContain('### All tests pass');
      const trends = await ask('GET', '/v1/suites/nodes/runs');
      expect(trends.json).toMatchObject({ runs: [{ run: id, version: 1, tests: 3, passed: 3, failed: 0, errors: 0 }] });
      // What is done stays done.
      expect(await ask('POST', `/v1/runs/${String(id)}/cancel`)).toMatchObject({
        status: 200,
        json: { state: 'done' },
      });
      expect(await ask('POST', `/v1/runs/${String(id)}/retry`)).toMatchObject({ status: 200, json: { state: 'done' } });
      const again = await ask('POST', '/v1/runs', { suite: 'nodes' });
      expect(again).toMatchObject({ status: 200, json: { id, state: 'done' } });
    });

    it('runs with a stored rule set, and says what changed since the accepted run', async () => {
      await keepSuite('compared');
      const first = await ask('POST', '/v1/runs', { suite: 'compared' });
      await done(first.json['id']);
      expect((await ask('POST', `/v1/runs/${String(first.json['id'])}/accept`)).status).toBe(200);
      const kept = await ask('PUT', '/v1/rulesets/blind', { files: [{ name: 'rules.yaml', text: BLIND }] });
      expect(kept).toMatchObject({ status: 200, json: { name: 'blind', version: 1 } });
      const second = await ask('POST', '/v1/runs', { suite: 'compared', ruleset: 'blind' });
      await done(second.json['id']);
      const { json } = await ask('GET', `/v1/runs/${String(second.json['id'])}/report`);
      expect(json).toMatchObject({
        report: { passed: 1, failed: 2 },
        difference: {
          run: first.json['id'],
          broken: ['nodes.test.yaml: a shell is seen', 'nodes.test.yaml: the recorded attack is seen'],
          mended: [],
          alerts: [
            { rule: 'Shell Spawned in Container', before: 1, after: 0 },
            { before: 1, after: 0 },
          ],
        },
      });
      const markdown = await ask('GET', `/v1/runs/${String(second.json['id'])}/report`, undefined, 'text/markdown');
      expect(markdown.text).toContain('2 of 3 tests do not pass');
    });

    it('tells how far it is while it goes on', async () => {
      await keepSuite('watched');
      const { json } = await ask('POST', '/v1/runs', { suite: 'watched' });
      const events = await ask('GET', `/v1/runs/${String(json['id'])}`, undefined, 'text/event-stream');
      expect(events.type).toBe('text/event-stream');
      expect(events.text.trim().split('\n\n').at(-1)).toContain('"state":"done"');
    });

    it.each<[string, string, string, unknown, number, string]>([
      ['a suite that is not there', 'POST', '/v1/runs', { suite: 'absent' }, 404, 'UNKNOWN_SUITE'],
      ['a rule set that is not there', 'POST', '/v1/runs', { suite: 'nodes', ruleset: 'no' }, 404, 'UNKNOWN_RULE_SET'],
      ['the runs of a suite that is not there', 'GET', '/v1/suites/absent/runs', undefined, 404, 'UNKNOWN_SUITE'],
      ['a run that is not there', 'GET', `/v1/runs/${'0'.repeat(32)}`, undefined, 404, 'UNKNOWN_RUN'],
      [
        'a name that climbs',
        'PUT',
        '/v1/suites/..%2F..%2Fsys',
        { files: [{ name: 'a', text: '' }] },
        422,
        'INVALID_REQUEST',
      ],
      [
        'rules that do not load',
        'PUT',
        '/v1/rulesets/bad',
        { files: [{ name: 'r', text: '- rule: x' }] },
        422,
        'RULES_REFUSED',
      ],
      [
        'a trace that is not there',
        'PUT',
        '/v1/suites/bad',
        { files: [{ name: 'a', text: '' }], traces: { a: '0'.repeat(32) } },
        404,
        'UNKNOWN_TRACE',
      ],
    ])('refuses %s', async (_, method, path, body, status, code) => {
      expect(await ask(method, path, body)).toMatchObject({ status, json: { code } });
    });
  });
}
