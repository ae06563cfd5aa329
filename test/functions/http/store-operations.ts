import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';

/** Asks the service. */
export type Ask = (method: string, path: string, body?: object) => Promise<Response>;

/** Something that is asked of the service while its store is ill. */
export interface Operation {
  readonly name: string;
  /** What the service answers when all is well. */
  readonly status: number;
  /** What it may answer when it is asked again. */
  readonly again?: number;
  /**
   * Makes what it needs while all is well; gives what asks.
   *
   * @param mark tells what one case makes from what others make
   */
  prepare(ask: Ask, mark: string): Promise<() => Promise<Response>>;
  /** Throws unless what was acknowledged is there. */
  proof(ask: Ask, answer: string, mark: string): Promise<void>;
}

const SCENARIO = `story: A web server is tricked into starting a shell
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx runs: sh -c id
`;
const TESTS = `rules: [rules.yaml]
tests:
  - name: a shell is seen
    scenario: attack.yaml
    expect: [{ alert: Shell Spawned in Container }]
`;
const LARGE = 4 * 1024 * 1024 + 1_000;

/** Operations of every kind that work with the store. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: 'a trace is kept',
    status: 201,
    again: 200,
    prepare: async (ask, mark) => () => ask('POST', `/v1/traces?name=${mark}`, lines(1_000, mark)),
    proof: (ask, answer, mark) => sameBytes(ask, answer, lines(1_000, mark)),
  },
  {
    name: 'a large trace is kept',
    status: 201,
    again: 200,
    prepare: async (ask, mark) => () => ask('POST', `/v1/traces?name=${mark}`, lines(LARGE, mark)),
    proof: (ask, answer, mark) => sameBytes(ask, answer, lines(LARGE, mark)),
  },
  {
    name: 'an upload is begun',
    status: 201,
    prepare: async (ask, mark) => () => ask('POST', '/v1/uploads', announced(mark)),
    async proof(ask, answer) {
      expect((await ask('GET', `/v1/uploads/${idOf(answer)}`)).status).toBe(200);
    },
  },
  {
    name: 'an upload is completed',
    status: 201,
    again: 200,
    async prepare(ask, mark) {
      const id = idOf(await (await ask('POST', '/v1/uploads', announced(mark))).text());
      const asked = (await (await ask('POST', `/v1/uploads/${id}/parts`, { parts: [1] })).json()) as Addresses;
      for (const { url } of asked.parts) await (await fetch(url, { method: 'PUT', body: lines(1_000, mark) })).text();
      return () => ask('POST', `/v1/uploads/${id}/complete`);
    },
    proof: (ask, answer, mark) => sameBytes(ask, answer, lines(1_000, mark)),
  },
  {
    name: 'traces are listed',
    status: 200,
    async prepare(ask, mark) {
      await kept(ask, mark);
      return () => ask('GET', '/v1/traces');
    },
    async proof(_, answer) {
      expect((JSON.parse(answer) as { traces: unknown[] }).traces.length).toBeGreaterThan(0);
    },
  },
  {
    name: 'a trace is downloaded',
    status: 200,
    async prepare(ask, mark) {
      const id = await kept(ask, mark);
      return () => ask('GET', `/v1/traces/${id}/content`);
    },
    async proof(_, answer, mark) {
      expect(answer).toBe(new TextDecoder().decode(lines(1_000, mark)));
    },
  },
  {
    name: 'rules run over a trace',
    status: 200,
    async prepare(ask, mark) {
      const capture = await (await ask('POST', '/v1/simulate', { scenario: { text: SCENARIO } })).arrayBuffer();
      const id = idOf(await (await ask('POST', `/v1/traces?name=${mark}`, new Uint8Array(capture))).text());
      return () => ask('POST', '/v1/detect', { rules: [FIRST_RULES], trace: id });
    },
    async proof(_, answer) {
      expect(answer).toContain('"alerts":1,');
      expect(answer).not.toContain('"problem"');
    },
  },
  {
    name: 'a rule set is kept',
    status: 200,
    prepare: async (ask, mark) => () =>
      ask('PUT', `/v1/rulesets/${mark}`, { files: [{ name: 'rules.yaml', text: `# ${mark}\n${FIRST_RULES}` }] }),
    async proof(ask, _, mark) {
      expect(await (await ask('GET', '/v1/rulesets')).text()).toContain(`"${mark}"`);
    },
  },
  {
    name: 'a suite is kept',
    status: 200,
    prepare: async (ask, mark) => () => ask('PUT', `/v1/suites/${mark}`, suite(mark)),
    async proof(ask, _, mark) {
      expect(await (await ask('GET', `/v1/suites/${mark}`)).text()).toContain(mark);
    },
  },
  {
    name: 'a run is begun',
    status: 202,
    async prepare(ask, mark) {
      await ask('PUT', `/v1/suites/${mark}`, suite(mark));
      return () => ask('POST', '/v1/runs', { suite: mark });
    },
    async proof(ask, answer) {
      expect((await ask('GET', `/v1/runs/${idOf(answer)}`)).status).toBe(200);
    },
  },
  {
    name: 'a trace is deleted',
    status: 200,
    again: 404,
    async prepare(ask, mark) {
      const id = await kept(ask, mark);
      return () => ask('DELETE', `/v1/traces/${id}`);
    },
    async proof(ask, answer) {
      const { id } = JSON.parse(answer) as { id?: string };
      if (id !== undefined) expect((await ask('GET', `/v1/traces/${id}`)).status).toBe(404);
    },
  },
];

interface Addresses {
  readonly parts: readonly { readonly url: string }[];
}

async function kept(ask: Ask, mark: string): Promise<string> {
  return idOf(await (await ask('POST', `/v1/traces?name=${mark}`, lines(1_000, mark))).text());
}

async function sameBytes(ask: Ask, answer: string, bytes: Uint8Array): Promise<void> {
  const content = await ask('GET', `/v1/traces/${idOf(answer)}/content`);
  expect(sha256(new Uint8Array(await content.arrayBuffer()))).toBe(sha256(bytes));
}

function announced(mark: string): object {
  const bytes = lines(1_000, mark);
  return { name: mark, size: bytes.length, sha256: sha256(bytes) };
}

function suite(mark: string): object {
  return {
    files: [
      { name: 'suite.test.yaml', text: `# ${mark}\n${TESTS}` },
      { name: 'rules.yaml', text: FIRST_RULES },
      { name: 'attack.yaml', text: SCENARIO },
    ],
  };
}

function idOf(answer: string): string {
  return (JSON.parse(answer) as { id: string }).id;
}

/** A jsonl trace of a length in bytes, of blank lines, that nobody else sends. */
function lines(length: number, mark: string): Uint8Array<ArrayBuffer> {
  const head = `{"section":1}\n${' '.repeat(1 + Number.parseInt(sha256(new TextEncoder().encode(mark)).slice(0, 2), 16))}\n`;
  return new TextEncoder().encode(`${head}${' '.repeat(length - head.length - 1)}\n`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
