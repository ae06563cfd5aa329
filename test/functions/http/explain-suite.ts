import { expect, it } from 'vitest';
import { FIRST_RULES, FIRST_SCENARIO } from '../../../functions/greeting.ts';
import type { Fetch } from './service-suite.ts';

const ORIGIN = 'http://127.0.0.1:8787';
const RULE = 'Shell Spawned in Container';
const BODY = { rules: [FIRST_RULES], scenario: FIRST_SCENARIO };

interface Explained {
  readonly explanation: {
    readonly ruleCount: number;
    readonly rules: readonly {
      outcome: string;
      text: string;
      changes: object[];
      rows: { kind: string; name?: string }[];
    }[];
    readonly nearMisses: readonly { count: number; event: { number: number }; changes: { check: string }[] }[];
    readonly firings: readonly { number: number }[];
  };
}

/** What `POST /v1/explain` must do in every runtime. */
export function explainSuite(fetch: Fetch): void {
  const post = (body: object): Response | Promise<Response> =>
    fetch(
      new Request(`${ORIGIN}/v1/explain`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const explained = async (body: object): Promise<Explained['explanation']> => {
    const answer = await post({ ...BODY, ...body });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as Explained).explanation;
  };

  it('explains the example of its own description', async () => {
    const description = await (await fetch(new Request(`${ORIGIN}/v1/openapi.json`))).json();
    const { paths } = description as { paths: Record<string, { post: { requestBody: { content: object } } }> };
    const content = paths['/v1/explain']?.post.requestBody.content as { 'application/json': { example: object } };
    const answer = await post(content['application/json'].example);
    expect(answer.status).toBe(200);
    const { firings, nearMisses } = ((await answer.json()) as Explained).explanation;
    expect(firings.length).toBe(1);
    expect(nearMisses[0]?.changes).toMatchObject([{ field: 'proc.name', value: 'id', reason: 'not-in-list' }]);
  });

  it('explains all rules at an event, and a rule over the whole trace', async () => {
    const { firings, nearMisses } = await explained({ rule: RULE });
    const { ruleCount, rules } = await explained({ event: firings[0]?.number });
    expect([ruleCount, rules.map(({ outcome }) => outcome)]).toEqual([1, ['fired']]);
    const missed = await explained({ event: nearMisses[0]?.event.number, rule: RULE });
    expect(missed.rules[0]).toMatchObject({
      outcome: 'no-match',
      text: 'did not fire: one check would have to change',
      changes: nearMisses[0]?.changes,
    });
    expect(missed.rules[0]?.rows[0]).toMatchObject({ kind: 'macro', name: 'shell_spawned', place: { line: 1 } });
  });

  it('takes a form with a capture, the number as text', async () => {
    const simulated = await fetch(
      new Request(`${ORIGIN}/v1/simulate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ scenario: FIRST_SCENARIO }),
      }),
    );
    const form = new FormData();
    form.append('rules', new File([FIRST_RULES], 'rules.yaml'));
    form.append('event', '1');
    form.append('rule', RULE);
    form.append('trace', new File([await simulated.arrayBuffer()], 'x.scap'));
    const answer = await fetch(new Request(`${ORIGIN}/v1/explain`, { method: 'POST', body: form }));
    expect(((await answer.json()) as Explained).explanation.rules[0]?.outcome).toBe('unseen');
  });

  it.each([
    [{ rule: 'Shell Spwned in Container' }, 'UNKNOWN_RULE', `did you mean '${RULE}'?`],
    [{ event: 999 }, 'UNKNOWN_EVENT', expect.stringMatching(/^it has the events 1 to \d+$/)],
    [{}, 'INVALID_REQUEST', undefined],
    [{ event: -1 }, 'INVALID_REQUEST', undefined],
    [{ event: 1.5 }, 'INVALID_REQUEST', undefined],
    [{ event: 8, most: 1_000_000 }, 'INVALID_REQUEST', undefined],
  ])('refuses %j with %s', async (question, code, hint) => {
    const answer = await post({ ...BODY, ...question });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code, ...(hint === undefined ? {} : { hint }) });
  });
}
