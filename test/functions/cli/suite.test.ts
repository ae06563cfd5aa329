import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import { serve, type Service } from '../../../functions/node.ts';
import { creance } from './terminal-double.ts';

const STORY =
  'story: A shell\ncontainers: { web: {} }\nactors: { a: { in: web, runs: nginx } }\nsteps:\n  - a runs: sh -c id\n';
const TESTS = `rules: [rules]
tests:
  - scenario: shell.yaml
    expect:
      - alert: Shell Spawned in Container
  - trace: recorded/shell.scap
    expect:
      - alert: Shell Spawned in Container
`;

describe('creance suite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-suite-cli-'));
  const folder = join(directory, 'suite');
  let service: Service;
  const suite = (...words: string[]): ReturnType<typeof creance> =>
    creance(['suite', ...words, '--server', service.url]);

  beforeAll(async () => {
    service = await serve({ port: 0, directory: join(directory, 'store'), env: {} });
    mkdirSync(join(folder, 'rules'), { recursive: true });
    mkdirSync(join(folder, 'recorded'));
    writeFileSync(join(folder, 'nodes.test.yaml'), TESTS);
    writeFileSync(join(folder, 'shell.yaml'), STORY);
    writeFileSync(join(folder, 'rules/rules.yaml'), FIRST_RULES);
    await creance(['simulate', join(folder, 'shell.yaml'), '-o', join(folder, 'recorded/shell.scap')]);
  });
  afterAll(async () => {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('sends a folder with its traces, runs it, accepts the run and compares the next with it', async () => {
    expect(await suite('put', 'nodes', folder)).toMatchObject({ code: 0, out: 'nodes version 1: 3 files, 1 traces\n' });
    const junit = join(directory, 'report.xml');
    const first = await suite('run', 'nodes', '--wait', '--junit', junit);
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringContaining('no run of this suite was accepted yet') as string,
    });
    expect(readFileSync(junit, 'utf8')).toContain('tests="2" failures="0"');
    const id = /creance suite accept ([0-9a-f]{32})/.exec(first.out)?.[1] ?? '';
    expect(await suite('accept', id)).toMatchObject({ code: 0, out: `accepted ${id}\n` });

    const blind = FIRST_RULES.replace('condition: ', 'condition: proc.name = nothing and ');
    writeFileSync(join(folder, 'rules/rules.yaml'), blind);
    expect((await suite('put', 'nodes', folder)).out).toContain('version 2');
    const second = await suite('run', 'nodes', '--wait');
    expect(second.code).toBe(1);
    expect(second.out).toContain(`compared with ${id}: 2 tests broken, 0 mended`);
    expect(second.out).toContain('Shell Spawned in Container 1 -> 0');

    const { out } = await suite('history', 'nodes');
    expect(out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/version 2  0 of 2 passed, 2 failed, 0 errors  [0-9a-f]{32}$/),
      expect.stringMatching(new RegExp(`version 1  2 of 2 passed, 0 failed, 0 errors  ${id}$`)),
    ]);
    expect(await suite('retry', id)).toMatchObject({ code: 0, out: `${id} is done\n` });
    expect(await suite('cancel', id)).toMatchObject({ code: 0, out: `${id} is done\n` });
  });

  it.each([
    ['a suite that is not there', ['run', 'absent'], 1, /there is no suite absent/],
    ['a folder that is not there', ['put', 'a', 'absent'], 3, /absent: no such folder/],
    ['a run that is not there', ['accept', 'x'], 1, /there is no run x/],
    ['nothing to do', ['frob'], 2, /put, run, accept/],
  ])('says what is wrong with %s', async (_, words, code, notes) => {
    const answer = await suite(...words);
    expect(answer.code).toBe(code);
    expect(answer.notes).toMatch(notes);
  });
});
