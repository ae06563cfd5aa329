import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { ServiceClient, ServiceError, waitForRun, type Answer, type Run, type Trace } from 'creance/client';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import { serve, type Service } from '../../../functions/node.ts';
import { serviceApiText } from '../../../infra/generate/service-api.ts';

const STORY =
  'story: A shell\ncontainers: { web: {} }\nactors: { a: { in: web, runs: nginx } }\nsteps: [a runs: sh -c id]\n';
const TESTS =
  'rules: [rules.yaml]\ntests: [{ scenario: attack.yaml, expect: [{ alert: Shell Spawned in Container }] }]\n';
const FILES = [
  { name: 'all.test.yaml', text: TESTS },
  { name: 'rules.yaml', text: FIRST_RULES },
  { name: 'attack.yaml', text: STORY },
];

describe('the client for programs', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-client-'));
  let service: Service;
  let client: ServiceClient;
  beforeAll(async () => {
    service = await serve({ port: 0, directory, env: { CREANCE_THREADS: '1', CREANCE_SITE: directory } });
    client = new ServiceClient(new URL(service.url), undefined);
  });
  afterAll(async () => {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('has the types of the OpenAPI document (node infra/generate/service-api.ts)', async () => {
    const written = readFileSync(new URL('../../../functions/client/service-api.ts', import.meta.url), 'utf8');
    expect(written).toBe(await serviceApiText());
  });

  it('plays a scenario, keeps the trace, and finds it again', async () => {
    const played = await client.open('POST /v1/simulate', { body: { scenario: { text: STORY } } });
    const bytes = new Uint8Array(await played.arrayBuffer());
    const kept = await client.call('POST /v1/traces', { query: { name: 'a b/ü', label: ['kind=attack'] }, bytes });
    expect(kept).toMatchObject({ name: 'a b/ü', size: bytes.length, labels: { kind: 'attack' } });
    const { traces } = await client.call('GET /v1/traces', {
      query: { label: ['kind=attack'], host: undefined, limit: 5 },
    });
    expect(traces.map(({ id }) => id)).toEqual([kept.id]);
    const content = await client.open('GET /v1/traces/{id}/content', { params: { id: kept.id } });
    expect(new Uint8Array(await content.arrayBuffer())).toEqual(bytes);
    const found = await client.call('POST /v1/detect', { body: { rules: [FIRST_RULES], trace: kept.id } });
    expect('report' in found && found.report.alerts).toBe(1);
  });

  it('runs a suite and has its report in another form', async () => {
    await client.call('PUT /v1/suites/{name}', { params: { name: 'all' }, body: { files: FILES } });
    const begun = await client.call('POST /v1/runs', { body: { suite: 'all' } });
    expect(await waitForRun(client, begun, () => {})).toMatchObject({ state: 'done', tests: 1 });
    const asked = { params: { id: begun.id }, accept: 'text/markdown' } as const;
    expect(await (await client.open('GET /v1/runs/{id}/report', asked)).text()).toContain('1 passed');
  });

  it('has no answer where there is none, and the code of a problem', async () => {
    const params = { name: 'hook' };
    await client.call('PUT /v1/webhooks/{name}', { params, body: { url: 'https://hooks.example.com/' } });
    expect(await client.call('DELETE /v1/webhooks/{name}', { params })).toBeUndefined();
    const unknown = client.call('GET /v1/traces/{id}', { params: { id: '../policy' } });
    await expect(unknown).rejects.toBeInstanceOf(ServiceError);
    await expect(unknown).rejects.toMatchObject({ code: 'UNKNOWN_TRACE' });
  });

  it('lets nothing be asked that the API does not take', () => {
    expectTypeOf<Answer<'GET /v1/runs/{id}'>>().toEqualTypeOf<Run>();
    expectTypeOf<Answer<'POST /v1/traces'>>().toEqualTypeOf<Trace>();
    expectTypeOf<Answer<'DELETE /v1/webhooks/{name}'>>().toEqualTypeOf<undefined>();
    expectTypeOf<Run['state']>().toEqualTypeOf<'running' | 'done' | 'failed' | 'cancelled'>();
    // Compiled, never run.
    const mistakes = [
      // @ts-expect-error there is no such route
      () => client.call('GET /v1/trace'),
      // @ts-expect-error the id is missing
      () => client.call('GET /v1/runs/{id}'),
      // @ts-expect-error the suite is missing
      () => client.call('POST /v1/runs', { body: { attempt: 1 } }),
      // @ts-expect-error a limit is a number
      () => client.call('GET /v1/runs', { query: { limit: 'ten' } }),
      // @ts-expect-error it answers bytes
      () => client.call('GET /v1/traces/{id}/content', { params: { id: '' } }),
      // @ts-expect-error a report is no picture
      () => client.open('GET /v1/runs/{id}/report', { params: { id: '' }, accept: 'image/png' }),
    ];
    expect(mistakes).toHaveLength(6);
  });
});
