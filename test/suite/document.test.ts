import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { testSchemaText, withTestReference } from '../../infra/generate/test-file-schema.ts';
import { mismatches, type Schema } from '../scenario/json-schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const document = read('scenarios/TESTS.md');
const folder = mkdtempSync(join(tmpdir(), 'creance-tests-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The blocks of the document in their order: files, and commands with what they print. */
const blocks = [...document.matchAll(/```(yaml|console)\n([\s\S]*?)```/g)].map(([, kind, text = '']) => ({
  kind,
  text,
}));

/** Runs a command line as the document writes it, where its files are. */
function run(line: string): Promise<string> {
  const words = line.replace(/^\$ creance /, '').split(' ');
  const argv = [join(root, 'functions/cli/main.ts'), ...words];
  const env = { PATH: process.env.PATH };
  return new Promise((resolve) =>
    execFile(process.execPath, argv, { cwd: folder, env }, (_, out, notes) => resolve(out + notes)),
  );
}

describe('scenarios/TESTS.md', () => {
  it('shows what its commands print', async () => {
    for (const { kind, text } of blocks) {
      const [first = '', ...rest] = text.split('\n');
      if (kind === 'yaml') writeFileSync(join(folder, first.slice(2)), text);
      else expect((await run(first)).trimEnd()).toBe(rest.join('\n').trimEnd());
    }
    expect(blocks.length).toBeGreaterThan(7);
  });

  it('has only examples that pass', async () => {
    expect(await run('$ creance verify expect.test.yaml gate.test.yaml all.test.yaml old.test.yaml')).toMatch(
      /\nok: 8 passed\n$/,
    );
  });

  it('has the reference that the tables of the language say', () => {
    expect(document).toBe(withTestReference(document));
    expect(read('scenarios/tests.schema.json')).toBe(testSchemaText());
  });
});

describe('the schema of test files', () => {
  const schema = JSON.parse(testSchemaText()) as Schema;
  const written = blocks.filter(({ text }) => /^# \S+\.test\.yaml\n/.test(text)).map(({ text }) => text);
  const files = [
    'scenarios/own.test.yaml',
    'scenarios/upstream.test.yaml',
    'scenarios/regressions/helper-behind-a-pipe/pipe.test.yaml',
  ];

  it.each([...files.map(read), ...written])('accepts %s', (text) => {
    expect(mismatches(schema, load(text))).toEqual([]);
  });

  it.each([
    ['no rules', { tests: [] }],
    ['an unknown key', { rules: 'r.yaml', tests: [], test: [] }],
    [
      'an expectation with an unknown key',
      { rules: 'r.yaml', tests: [{ trace: 'x', expect: [{ alert: 'x', ouput: 'y' }] }] },
    ],
    ['a side that there is not', { rules: 'r.yaml', require: 'positve', tests: [] }],
    ['a word that is no expectation', { rules: 'r.yaml', tests: [{ trace: 'x', expect: 'upsteam' }] }],
  ])('refuses %s', (_, value) => {
    expect(mismatches(schema, value)).not.toEqual([]);
  });
});
