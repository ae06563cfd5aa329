import { describe, expect, it } from 'vitest';
import { FIRST_RULES, FIRST_SCENARIO } from '../../../functions/greeting.ts';
import type { SuiteReport } from '../../../engine/suite/result.ts';
import type { Fetch } from './service-suite.ts';

const ORIGIN = 'http://127.0.0.1:8787';
const RULE = 'Shell Spawned in Container';

interface Example {
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** What `POST /v1/verify` must do in every runtime. */
export function verifySuite(fetch: Fetch): void {
  const post = (body: object, accept = 'application/json') =>
    fetch(
      new Request(`${ORIGIN}/v1/verify`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify(body),
      }),
    );
  const report = async (answer: Response | Promise<Response>): Promise<SuiteReport> => {
    const response = await answer;
    expect(response.status).toBe(200);
    return (await response.json()) as SuiteReport;
  };
  const example = async (): Promise<Example> => {
    const description = await (await fetch(new Request(`${ORIGIN}/v1/openapi.json`))).json();
    const { paths } = description as { paths: Record<string, { post: { requestBody: { content: object } } }> };
    const content = paths['/v1/verify']?.post.requestBody.content as { 'application/json': { example: Example } };
    return content['application/json'].example;
  };

  describe('POST /v1/verify', () => {
    it('runs the example of its own description', async () => {
      expect(await report(post(await example()))).toMatchObject({
        tests: [{ name: 'a shell in nginx is told, with its command', file: 'shell.test.yaml', status: 'passed' }],
        coverage: [{ ruleFiles: ['my_rules.yaml'], rules: [{ rule: RULE, positive: 1, negative: 0 }] }],
        passed: 1,
        failed: 0,
        errors: 0,
      });
    });

    it('tells what came nearest where a rule is broken, as JSON, JUnit and SARIF', async () => {
      const rules = [{ name: 'r.yaml', text: FIRST_RULES.replace(' sh,', '') }];
      const body = { ...(await example()), rules };
      const { tests } = await report(post(body));
      expect(tests[0]).toMatchObject({ status: 'failed', failures: [{ rule: RULE, place: { line: 6 } }] });
      expect(tests[0]?.failures[0]?.nearest.join()).toContain('proc.name in (');
      const junit = await post(body, 'application/xml');
      expect(junit.headers.get('content-type')).toBe('application/xml; charset=utf-8');
      expect(await junit.text()).toContain('<testsuites name="creance verify" tests="1" failures="1"');
      const sarif = await post(body, 'application/sarif+json');
      expect(await sarif.json()).toMatchObject({ version: '2.1.0', runs: [{ results: [{ level: 'error' }] }] });
    });

    it('takes a form with files and a recording, which several tests read', async () => {
      const capture = await fetch(
        new Request(`${ORIGIN}/v1/simulate`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ scenario: FIRST_SCENARIO }),
        }),
      );
      const tests = ['trace', 'node.scap'].map((trace) => ({ trace, expect: [{ alert: RULE, 'at least': 1 }] }));
      const form = new FormData();
      form.append('files', new File([JSON.stringify({ rules: 'r.yaml', tests })], 'a.test.yaml'));
      form.append('files', new File([FIRST_RULES], 'r.yaml'));
      form.append('require', 'positive');
      form.append('trace', new File([await capture.arrayBuffer()], 'node.scap'));
      const answer = fetch(new Request(`${ORIGIN}/v1/verify`, { method: 'POST', body: form }));
      expect((await report(answer)).tests.map(({ name, status }) => [name, status])).toEqual([
        ['trace', 'passed'],
        ['node.scap', 'passed'],
        ['every rule has a test in which it fires', 'passed'],
      ]);
    });

    it('runs scenarios of the library by what they expect', async () => {
      const { tests } = await report(post({ rules: [FIRST_RULES], scenarios: [FIRST_SCENARIO] }));
      // It expects rules of ours, which these are not.
      expect(tests[0]).toMatchObject({ status: 'error', findings: [{ code: 'TEST_UNKNOWN_RULE' }] });
    });

    it.each([
      ['no test', { files: [{ name: 'r.yaml', text: FIRST_RULES }] }, '/files'],
      ['scenarios without rules', { scenarios: [FIRST_SCENARIO] }, '/rules'],
      ['an unknown member', { test: [] }, '/test'],
    ])('refuses %s', async (_, body, pointer) => {
      const answer = await post(body);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer }] });
    });
  });
}
