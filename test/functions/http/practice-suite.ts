import { describe, expect, it } from 'vitest';
import { MAX_PRACTICE_BYTES, MAX_PRACTICE_FILES } from '../../../engine/model/limits.ts';
import type { Exam, ExamResult } from '../../../engine/practice/exam.ts';
import type { Grade } from '../../../engine/practice/grade.ts';
import type { TaskSheet, TaskSummary } from '../../../engine/practice/task-sheet.ts';
import type { Fetch } from './service-suite.ts';

const ORIGIN = 'http://127.0.0.1:8787';
const TASKS = '/v1/practice/tasks';
const VAULT = `${TASKS}/write-rules/vault-folder-opened`;
const LOCAL = '/etc/falco/falco_rules.local.yaml';

/** What the practice range must do over HTTP in every runtime. */
export function practiceSuite(fetch: Fetch): void {
  const ask = (path: string, body?: unknown): Response | Promise<Response> =>
    fetch(
      new Request(`${ORIGIN}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const json = async <T>(path: string, body?: unknown): Promise<T> => (await ask(path, body)).json() as Promise<T>;
  /** The rule of the solution; its folder varies with the seed. */
  const solved = ({ instructions }: TaskSheet): string => `- rule: Vault opened in container
  desc: Keys
  condition: open_any and in_container and fd.name startswith ${/`(\/srv\/\w+\/)`/.exec(instructions)?.[1]}
  output: vault_access file=%fd.name pod=%k8s.pod.name
  priority: WARNING
- macro: open_any
  condition: evt.type in (open, openat, openat2)
`;

  describe('the practice range', () => {
    it('lists tasks, and shows one with its files, without what would give it away', async () => {
      const { tasks } = await json<{ tasks: TaskSummary[] }>(TASKS);
      expect(tasks.find(({ id }) => id === 'write-rules/vault-folder-opened')).toMatchObject({ points: 11, bonus: 2 });
      const answer = await ask(`${VAULT}?seed=7`);
      const text = await answer.text();
      const sheet = JSON.parse(text) as TaskSheet;
      expect(Object.keys(sheet).toSorted()).toEqual([
        'bonus',
        'checks',
        'files',
        'group',
        'hints',
        'id',
        'instructions',
        'minutes',
        'points',
        'questions',
        'seed',
        'skill',
        'title',
        'traces',
        'weight',
      ]);
      expect(sheet.traces.map(({ name }) => name)).toEqual(['node']);
      expect(Object.keys(sheet.checks[0] ?? {}).toSorted()).toEqual(['about', 'bonus', 'points']);
      expect(sheet.files[LOCAL]).toContain('# Rules of this machine');
      expect(text).not.toMatch(/startswith \/srv|lookalike|container\.id is/);
    });

    it('varies a task by the seed', async () => {
      const [one, again, other] = await Promise.all(
        ['7', '7', '8'].map((seed) => json<TaskSheet>(`${VAULT}?seed=${seed}`)),
      );
      expect(one).toEqual(again);
      expect(other?.instructions).not.toBe(one?.instructions);
    });

    it('grades what is handed in, with feedback', async () => {
      const sheet = await json<TaskSheet>(`${VAULT}?seed=7`);
      const rule = solved(sheet);
      const grade = await json<Grade>(`${VAULT}/check`, { seed: '7', files: { [LOCAL]: rule } });
      expect(grade).toMatchObject({ passed: true, score: 11, of: 11, bonus: 2, seed: '7' });
      const files = { ...sheet.files, [LOCAL]: rule.replace('and in_container ', ''), '/etc/new': 'x' };
      const worse = await json<Grade>(`${TASKS}/write-rules%2Fvault-folder-opened/check`, { seed: '7', files });
      expect(worse.passed).toBe(false);
      const told = worse.checks.flatMap(({ feedback }) => feedback).join('\n');
      expect(told).toContain('host: a program of the node reads below');
      expect(told).toContain('/etc/new is new');
      const broken = await json<Grade>(`${VAULT}/check`, { seed: '7', files: { '/etc/falco/falco.yaml': null } });
      expect(broken.findings).toMatchObject([{ code: 'PRACTICE_NO_CONFIGURATION' }]);
    });

    it('gives one hint at a time', async () => {
      const hint = await json<{ level: number; of: number; hint: string }>(`${VAULT}/hints/2`);
      expect(hint).toMatchObject({ level: 2, of: 3, hint: expect.stringContaining('openat2') as string });
      expect((await ask(`${VAULT}/hints/4`)).status).toBe(404);
    });

    it('gives traces that the task shows, and no other', async () => {
      const lines = await (await ask(`${VAULT}/traces/node?to=jsonl&seed=7`)).text();
      expect(lines).toContain('/srv/');
      const scap = await ask(`${VAULT}/traces/node`);
      expect(scap.headers.get('content-disposition')).toBe('attachment; filename="node.scap"');
      expect(new Uint8Array(await scap.arrayBuffer()).slice(0, 4)).toEqual(new Uint8Array([0x0a, 0x0d, 0x0d, 0x0a]));
      for (const name of ['writer', 'nothing']) {
        const refused = await ask(`${VAULT}/traces/${name}`);
        expect([refused.status, await refused.json()]).toMatchObject([
          404,
          { code: 'UNKNOWN_TRACE', detail: `the task shows no trace '${name}'`, hint: 'it shows node' },
        ]);
      }
    });

    it.each([
      ['a task that is not there', `${TASKS}/write-rules/vault-folder-open`, undefined, 404, 'UNKNOWN_TASK'],
      ['a task without its group', `${TASKS}/vault-folder-opened`, undefined, 404, 'UNKNOWN_TASK'],
      ['a seed that is no word', `${VAULT}?seed=a%20b`, undefined, 422, 'INVALID_REQUEST'],
      ['a path that is not absolute', `${VAULT}/check`, { files: { 'etc/x': '' } }, 422, 'INVALID_REQUEST'],
      ['a path that climbs', `${VAULT}/check`, { files: { '/etc/../x': '' } }, 422, 'INVALID_REQUEST'],
      ['a body of another shape', `${VAULT}/check`, { file: {} }, 422, 'INVALID_REQUEST'],
      [
        'too many files',
        `${VAULT}/check`,
        { files: Object.fromEntries(Array.from({ length: MAX_PRACTICE_FILES + 1 }, (_, i) => [`/${i}`, ''])) },
        413,
        'REQUEST_TOO_LARGE',
      ],
      ['too much', `${VAULT}/check`, { files: { '/a': 'x'.repeat(MAX_PRACTICE_BYTES) } }, 413, 'REQUEST_TOO_LARGE'],
    ])('refuses %s', async (_, path, body, status, code) => {
      const answer = await ask(path, body);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
    });

    it('composes an exam, and grades it by weights', async () => {
      const exam = await json<Exam>('/v1/practice/exam?seed=7&tasks=4');
      expect(await json<Exam>('/v1/practice/exam?seed=7&tasks=4')).toEqual(exam);
      expect(new Set(exam.tasks.map(({ group }) => group)).size).toBeGreaterThan(2);
      const rule = solved(await json<TaskSheet>(`${VAULT}?seed=7`));
      const tasks = [
        { id: 'write-rules/vault-folder-opened', files: { [LOCAL]: rule } },
        { id: 'find-culprit/three-lookalikes' },
      ];
      const result = await json<ExamResult>('/v1/practice/exam/check', { seed: '7', tasks });
      expect(result).toMatchObject({ minutes: 25, passing: 66, percent: 54.5, passed: false });
      expect(result.parts.map(({ begun, percent, of }) => [begun, percent, of])).toEqual([
        [true, 54.5, 54.5],
        [false, 0, 45.5],
      ]);
      const twice = { tasks: [tasks[0], tasks[0]] };
      expect((await ask('/v1/practice/exam/check', twice)).status).toBe(422);
    });

    it('has examples in its description that work', async () => {
      const { paths } = await json<{ paths: Record<string, Record<string, Operation>> }>('/v1/openapi.json');
      const ours = Object.entries(paths).filter(([path]) => path.startsWith('/v1/practice/'));
      expect(ours.length).toBeGreaterThanOrEqual(7);
      for (const [path, operations] of ours) {
        for (const { parameters = [], requestBody } of Object.values(operations)) {
          let address = path;
          const query = new URLSearchParams();
          for (const { name, in: place, schema } of parameters) {
            if (place === 'path') address = address.replace(`{${name}}`, String(schema.example));
            else if (schema.example !== undefined) query.set(name, String(schema.example));
          }
          const answer = await ask(`${address}?${query}`, requestBody?.content['application/json']?.example);
          expect([path, answer.status]).toEqual([path, 200]);
          await answer.arrayBuffer();
        }
      }
    });
  });
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: { example?: unknown };
  }[];
  readonly requestBody?: { readonly content: Record<string, { readonly example?: unknown }> };
}
