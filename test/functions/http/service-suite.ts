import { expect, it } from 'vitest';
import refusals from '../../cases/http/refusals.json' with { type: 'json' };
import { FIRST_RULES, FIRST_SCENARIO } from '../../../functions/greeting.ts';

/** The service under test, in whatever runtime. */
export type Fetch = (request: Request) => Response | Promise<Response>;

const ORIGIN = 'http://127.0.0.1:8787';
/** What the first thing that anybody tries must answer. Falco prints the same for the trace of this scenario. */
const FIRST_ALERT =
  '{"hostname":"creance","output":"09:00:00.003820000: Warning Shell spawned in container (user=root command=sh -c id)","output_fields":{"evt.time":1767603600003820000,"proc.cmdline":"sh -c id","user.name":"root"},"priority":"Warning","rule":"Shell Spawned in Container","source":"syscall","tags":["container","shell"],"time":"2026-01-05T09:00:00.003820000Z"}';
const FIRST_REPORT =
  '{"events":37,"alerts":1,"firstTime":1767603600000000000,"lastTime":1767603600007160000,"rules":[{"rule":"Shell Spawned in Container","priority":"Warning","enabled":true,"fired":1}],"warnings":[],"diagnostics":[]}';

/** What the service must do in every runtime, byte for byte. Runs on Node and in workerd. */
export function serviceSuite(fetch: Fetch): void {
  it.each([
    ['application/json', `{"alerts":[\n${FIRST_ALERT}],\n"report":${FIRST_REPORT}}\n`],
    ['application/x-ndjson', `${FIRST_ALERT}\n{"report":${FIRST_REPORT}}\n`],
    ['text/event-stream', `event: alert\ndata: ${FIRST_ALERT}\n\nevent: report\ndata: ${FIRST_REPORT}\n\n`],
  ])('answers what fires, as %s', async (accept, expected) => {
    const answer = await post('/v1/detect', { rules: [FIRST_RULES], scenario: FIRST_SCENARIO }, { accept });
    expect(answer.headers.get('content-type')).toBe(accept);
    expect(await answer.text()).toBe(expected);
  });

  it('plays the case of a scenario that is named, the first one without', async () => {
    const text = 'story: x\ncases: [{ f: /a }, { f: /b }]\nactors: { a: a }\nsteps: [{ a opens: "${f}" }]\n';
    const body = { scenario: { text }, condition: 'evt.type = openat', fields: ['fd.name'] };
    const seen = async (more: object) => (await post('/v1/filter', { ...body, ...more })).text();
    expect(await seen({})).toContain('"fd.name":"/a"');
    expect(await seen({ case: 'f=/b' })).toContain('"fd.name":"/b"');
    const trace = await post('/v1/simulate', { scenario: { text }, case: 'f=/b', to: 'jsonl' });
    expect(await trace.text()).toContain('"/b"');
    const refused = await post('/v1/filter', { ...body, case: 'f=/c' });
    expect(await refused.json()).toMatchObject({
      code: 'SCENARIO_REFUSED',
      diagnostics: [{ code: 'SCENARIO_UNKNOWN_CASE' }],
    });
  });

  it('takes a form with the rules, in order, and a capture', async () => {
    const capture = await (await post('/v1/simulate', { scenario: FIRST_SCENARIO })).arrayBuffer();
    for (const order of [
      ['rules', 'trace'],
      ['trace', 'rules'],
    ]) {
      const form = new FormData();
      for (const name of order) {
        if (name === 'trace') form.append('trace', new File([capture], 'x.scap'));
        else
          for (const [i, text] of FIRST_RULES.split(/^(?=- rule)/m).entries())
            form.append('rules', new File([text], `${i}.yaml`));
      }
      const answer = await fetch(new Request(`${ORIGIN}/v1/detect`, { method: 'POST', body: form }));
      const text = await answer.text();
      expect(text).toContain(`{"alerts":[\n${FIRST_ALERT}],`);
      // Falco warns of a macro that is not used in its own file, and that file was the first.
      expect(text).toContain('"source":"0.yaml"');
    }
  });

  it('says where a large capture must stand in a form, and answers the next request', async () => {
    const form = new FormData();
    form.append('trace', new File([new Uint8Array(9 * 1024 * 1024)], 'x.scap'));
    form.append('rules', new File([FIRST_RULES], 'rules.yaml'));
    const answer = await fetch(new Request(`${ORIGIN}/v1/detect`, { method: 'POST', body: form }));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'INVALID_REQUEST', hint: 'put the capture last in the form' });
    expect((await post('/v1/detect', { rules: [FIRST_RULES], scenario: FIRST_SCENARIO })).status).toBe(200);
  });

  it('keeps a trace, shows it, and runs over it', async () => {
    const capture = await (await post('/v1/simulate', { scenario: FIRST_SCENARIO, to: 'jsonl' })).arrayBuffer();
    const headers = { 'content-type': 'application/octet-stream' };
    const upload = (): Request =>
      new Request(`${ORIGIN}/v1/traces?name=kept`, { method: 'POST', headers, body: capture });
    const created = await fetch(upload());
    expect(created.status).toBe(201);
    const trace = (await created.json()) as { id: string };
    expect(trace).toMatchObject({
      name: 'kept',
      size: capture.byteLength,
      encoding: 'jsonl',
      sha256: await sha256(capture),
    });
    expect(created.headers.get('location')).toBe(`/v1/traces/${trace.id}`);
    expect((await fetch(upload())).status).toBe(200);
    expect(await (await get(`/v1/traces/${trace.id}`)).json()).toMatchObject({ id: trace.id, name: 'kept' });
    const { traces } = (await (await get('/v1/traces?name=kept')).json()) as { traces: { id: string }[] };
    expect(traces.map(({ id }) => id)).toEqual([trace.id]);
    const answer = await post('/v1/detect', { rules: [FIRST_RULES], trace: trace.id });
    expect(await answer.text()).toContain(FIRST_ALERT);
  });

  it('checks rules as falco -V does, with exact places', async () => {
    const good = await post('/v1/check', { rules: [FIRST_RULES] });
    expect(await good.text()).toBe(
      '{"falco_load_results":[{"errors":[],"lints":[],"name":"rules.yaml","schema_valid":true,"schema_warnings":[],"successful":true,"warnings":[]}]}\n',
    );
    const body = FIRST_RULES.replace('proc.name', 'proc.nam');
    const headers = { 'content-type': 'application/yaml' };
    const bad = await fetch(new Request(`${ORIGIN}/v1/check`, { method: 'POST', headers, body }));
    const { falco_load_results: results } = (await bad.json()) as { falco_load_results: object[] };
    expect(results).toMatchObject([
      {
        successful: false,
        errors: [
          {
            code: 'LOAD_ERR_COMPILE_CONDITION',
            creance: { span: { start: { line: 2, column: 75 }, end: { line: 2 } } },
          },
        ],
      },
    ]);
  });

  it('lets a configuration of Falco choose rules, outputs and the form of alerts', async () => {
    const run = async (config: string, more: object = {}): Promise<string> => {
      const body = { rules: [FIRST_RULES], scenario: FIRST_SCENARIO, config, ...more };
      return (await post('/v1/detect', body, { accept: 'application/x-ndjson' })).text();
    };
    expect(await run('rules: [{ disable: { tag: shell } }]')).toContain('"alerts":0');
    const formed = await run(
      'append_output: [{ extra_output: on %container.id }]\ntime_format_iso_8601: true\njson_include_tags_property: false',
    );
    expect(formed).toContain('2026-01-05T09:00:00.003820000+0000: Warning Shell spawned in container');
    expect(formed).toMatch(/command=sh -c id\) on [0-9a-f]{12}"/);
    expect(formed).not.toContain('"tags"');
    expect(await run('priority: error')).toContain('"alerts":0');
    expect(await run('priority: error', { priority: 'warning' })).toContain('"alerts":1');
    const refused = await post('/v1/detect', { rules: [FIRST_RULES], scenario: FIRST_SCENARIO, config: 'rules: [7]' });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([422, 'CONFIG_REFUSED']);
  });

  it('tells what a change of rules does, and which edit does it', async () => {
    const body = { from: [FIRST_RULES], to: [FIRST_RULES.replace(' sh,', '')], scenarios: [FIRST_SCENARIO] };
    expect(await (await post('/v1/diff', body)).json()).toMatchObject({
      verdict: '1 attack is no longer seen.',
      groups: [{ kind: 'vanished', rule: 'Shell Spawned in Container', count: 1, cause: { how: 'alone', edits: [0] } }],
      edits: [{ kind: 'macro changed', name: 'shell_spawned' }],
    });
    const comment = await (await post('/v1/diff', body, { accept: 'text/markdown' })).text();
    expect(comment).toMatch(/^## 1 attack is no longer seen\.\n/);
  });

  it('filters events, with all digits of their numbers', async () => {
    const body = { scenario: FIRST_SCENARIO, condition: 'evt.type=execve', fields: ['evt.time', 'proc.cmdline'] };
    expect(await (await post('/v1/filter', body)).text()).toBe(
      '{"events":[\n{"evt.num":8,"evt.time":1767603600003820000,"proc.cmdline":"sh -c id"},\n{"evt.num":14,"evt.time":1767603600004510000,"proc.cmdline":"id"}],\n"report":{"events":2,"diagnostics":[]}}\n',
    );
  });

  it('delivers what a broken capture holds, and says that it is broken', async () => {
    const capture = new Uint8Array(await (await post('/v1/simulate', { scenario: FIRST_SCENARIO })).arrayBuffer());
    const form = new FormData();
    form.append('rules', FIRST_RULES);
    form.append('trace', new File([capture.subarray(0, -40)], 'x.scap'));
    const answer = await fetch(new Request(`${ORIGIN}/v1/detect`, { method: 'POST', body: form }));
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain(FIRST_ALERT);
    expect(text).toContain('"code":"TRACE_TRUNCATED","severity":"error"');
  });

  it('lists scenarios and describes the language', async () => {
    const { scenarios } = (await (await get('/v1/scenarios')).json()) as { scenarios: { name: string }[] };
    expect(scenarios.map(({ name }) => name)).toContain(FIRST_SCENARIO);
    // Names of whole intrusions have a folder before them, with its slash as it is or coded.
    expect(scenarios.map(({ name }) => name)).toContain('intrusions/webshell-to-miner');
    for (const path of ['intrusions/webshell-to-miner', 'intrusions%2Fwebshell-to-miner']) {
      expect(((await (await get(`/v1/scenarios/${path}`)).json()) as { name: string }).name).toBe(
        'intrusions/webshell-to-miner',
      );
    }
    for (const what of ['fields', 'events', 'operators']) {
      expect((await (await get(`/v1/describe/${what}`)).json()) as object[]).not.toHaveLength(0);
    }
  });

  it('describes itself: every route is in the OpenAPI document', async () => {
    const { openapi, paths } = (await (await get('/v1/openapi.json')).json()) as { openapi: string; paths: object };
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/v1/detect',
        '/v1/check',
        '/v1/filter',
        '/v1/simulate',
        '/v1/traces',
        '/v1/traces/{id}',
      ]),
    );
  });

  it.each(['/', '/docs'])('serves the page %s, which may load nothing from elsewhere', async (path) => {
    const answer = await get(path);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    for (const [, link] of (await answer.text()).matchAll(/ (?:src|href)="([^"]+)"/g)) {
      expect(link).toMatch(/^\//);
      expect((await get(link as string)).status).toBe(200);
    }
  });

  it.each(refusals)('refuses $name, and answers the next request', async (refusal) => {
    const answer = await fetch(requestOf(refusal as Refusal));
    const text = await answer.text();
    expect({ status: answer.status, code: (JSON.parse(text) as { code: string }).code }).toEqual({
      status: refusal.status,
      code: refusal.code,
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(text).toContain(refusal.contains ?? '');
    expect((await get('/v1/scenarios')).status).toBe(200);
  });

  it('judges a regular expression that would stop other engines', async () => {
    const evil = FIRST_RULES.replace('shell_spawned\n  output', () => "proc.cmdline regex '(a+)+$'\n  output");
    const answer = await post('/v1/detect', { rules: [evil], scenario: FIRST_SCENARIO });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('"alerts":0');
  });

  it('ends a run whose reader goes away', async () => {
    const body = { rules: [FIRST_RULES], scenario: FIRST_SCENARIO };
    const aborted = await post('/v1/detect', body, { accept: 'application/x-ndjson' });
    await aborted.body?.cancel();
    expect((await post('/v1/detect', body)).status).toBe(200);
  });

  function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', ...headers };
    return Promise.resolve(
      fetch(new Request(`${ORIGIN}${path}`, { method: 'POST', headers: all, body: JSON.stringify(body) })),
    );
  }

  function get(path: string): Promise<Response> {
    return Promise.resolve(fetch(new Request(`${ORIGIN}${path}`)));
  }
}

interface Refusal {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** A text, text whose characters are bytes, or a text repeated. */
  readonly body?: string | { readonly latin1: string } | { readonly repeat: string; readonly times: number };
}

function requestOf({ path, method = 'GET', headers = {}, body }: Refusal): Request {
  const init = { method, headers, ...(body === undefined ? {} : { body: bytesOf(body) }) };
  const request = new Request(`${ORIGIN}${path}`, init);
  if (headers['content-type'] === '') request.headers.delete('content-type');
  return request;
}

function bytesOf(body: NonNullable<Refusal['body']>): Uint8Array<ArrayBuffer> | string {
  if (typeof body === 'string') return body;
  if ('repeat' in body) return body.repeat.repeat(body.times);
  return Uint8Array.from(body.latin1, (character) => character.charCodeAt(0));
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
