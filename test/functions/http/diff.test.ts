import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_RULES, FIRST_SCENARIO } from '../../../functions/greeting.ts';
import { serve, type Service } from '../../../functions/node.ts';

const NARROW = FIRST_RULES.replace(' sh,', '');

describe('POST /v1/diff', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-diff-http-'));
  let service: Service;
  beforeAll(async () => {
    service = await serve({ port: 0, directory, env: {} });
  });
  afterAll(async () => {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const post = (body: object, accept = 'application/json'): Promise<Response> =>
    fetch(`${service.url}/v1/diff`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(body),
    });

  it('answers the example of its own description as it says', async () => {
    const document = (await (await fetch(`${service.url}/v1/openapi.json`)).json()) as {
      paths: Record<string, { post: { requestBody: { content: Record<string, { example: object }> } } }>;
    };
    const example = document.paths['/v1/diff']!.post.requestBody.content['application/json']!.example;
    const answer = await post(example);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      verdict: '1 attack is no longer seen.',
      groups: [{ kind: 'vanished', rule: 'Shell Spawned in Container', label: 'attack', cause: { how: 'alone' } }],
      edits: [{ kind: 'macro changed', source: 'my_rules.yaml', line: 2, alerts: 1 }],
      diagnostics: { from: [], to: [], traces: [] },
    });
  });

  it('answers a comment for a pull request where Markdown is accepted', async () => {
    const answer = await post({ from: [FIRST_RULES], to: [NARROW], scenarios: [FIRST_SCENARIO] }, 'text/markdown');
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(await answer.text()).toMatch(/^## 1 attack is no longer seen\.\n/);
  });

  it('takes a form with files, a scenario of its own and a capture with a label', async () => {
    const capture = await fetch(`${service.url}/v1/simulate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scenario: FIRST_SCENARIO }),
    });
    const form = new FormData();
    form.append('from', new File([NARROW], 'rules.yaml'));
    form.append('to', new File([FIRST_RULES], 'rules.yaml'));
    form.append('scenarios', FIRST_SCENARIO);
    form.append('label', 'benign');
    form.append('trace', new File([await capture.arrayBuffer()], 'x.scap'));
    const answer = await fetch(`${service.url}/v1/diff`, { method: 'POST', body: form });
    expect(await answer.json()).toMatchObject({
      verdict: '1 new alert on benign work, 1 attack is newly seen.',
      workloads: [
        { name: FIRST_SCENARIO, label: 'attack', appeared: 1 },
        { name: 'trace', label: 'benign', appeared: 1 },
      ],
    });
  });

  it.each([
    [
      'rules that do not load',
      { from: [FIRST_RULES], to: [FIRST_RULES.replace('evt.type', 'evt.tipe')] },
      'RULES_REFUSED',
    ],
    ['a side that is missing', { from: [FIRST_RULES] }, 'INVALID_REQUEST'],
    ['a scenario that is not there', { from: [FIRST_RULES], to: [NARROW], scenarios: ['nothing'] }, 'UNKNOWN_SCENARIO'],
    [
      'a scenario with errors',
      { from: [FIRST_RULES], to: [NARROW], scenarios: [{ text: 'story: x' }] },
      'SCENARIO_REFUSED',
    ],
    [
      'too many scenarios',
      { from: [FIRST_RULES], to: [NARROW], scenarios: Array.from({ length: 1001 }, () => 'x') },
      'INVALID_REQUEST',
    ],
  ])('refuses %s', async (_, body, code) => {
    const answer = await post(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.json()).toMatchObject({ code });
  });
});
