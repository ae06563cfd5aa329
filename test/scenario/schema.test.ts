import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { exampleStep } from '../../engine/scenario/reference.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { VERBS } from '../../engine/scenario/steps/verbs.ts';
import { referenceText, schemaText } from '../../infra/generate/scenario-schema.ts';
import { foldersWith } from '../library.ts';
import { mismatches, type Schema } from './json-schema.ts';
import { readCases } from './read-cases.ts';

const scenarios = new URL('../../scenarios/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, scenarios), 'utf8');
const schema = JSON.parse(schemaText()) as Schema;
const stories = (['scenario', 'benign'] as const).flatMap((file) =>
  foldersWith(file).map((folder) => `${folder}/${file}.yaml`),
);

describe('what is generated from the language', () => {
  it('scenarios/schema.json is what the tables of the language say', () => {
    expect(read('schema.json')).toBe(schemaText());
  });

  it('scenarios/REFERENCE.md is what the tables of the language and the examples say', () => {
    expect(read('REFERENCE.md')).toBe(referenceText());
  });

  it.each(VERBS.map((verb) => [verb.words, verb] as const))('the example of "%s" can be read', (_, verb) => {
    const names = [...new Set(VERBS.map(({ example }) => example.split(' ')[0] as string))].filter(
      (name) => name !== 'web',
    );
    const actors = ['agent', ...names].map((name) => `  ${name}: /bin/${name}`).join('\n');
    const example = exampleStep(verb.example).replace(/^/gm, '  ');
    const text = `story: x\ncontainers: { web: {} }\nactors:\n${actors}\nsteps:\n${example}\n`;
    const { diagnostics } = readScenario(new Source('example', text));
    // An example speaks of open files that a whole story would have opened before.
    const later = new Set(['SCENARIO_UNKNOWN_FILE', 'SCENARIO_NO_SOCKET']);
    expect(diagnostics.filter(({ code }) => !later.has(code))).toEqual([]);
  });
});

describe('the schema', () => {
  it.each(stories)('accepts %s', (path) => {
    expect(mismatches(schema, load(read(path)))).toEqual([]);
  });

  it('accepts the steps of every verb', () => {
    const cases = readCases<{ steps: unknown }>('verbs.yaml');
    const wrong = cases.flatMap(({ steps }) => mismatches(schema, { story: 'x', steps }));
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a verb that there is not', { story: 'x', steps: [{ 'nginx opnes': '/etc/passwd' }] }],
    ['a key that there is not', { story: 'x', steps: [{ 'nginx opens': '/etc/passwd', fro: 'reading' }] }],
    ['a purpose that there is not', { story: 'x', steps: [{ 'nginx opens': '/etc/passwd', for: 'write' }] }],
    ['an errno that there is not', { story: 'x', steps: [{ 'nginx opens': '/x', result: 'EACCESS' }] }],
    ['a missing key', { story: 'x', steps: [{ 'nginx renames': '/x' }] }],
    ['a story without steps', { story: 'x' }],
    ['a time without a unit', { story: 'x', steps: [{ 'nginx opens': '/x', after: 'soon' }] }],
  ])('refuses %s', (_, value) => {
    expect(mismatches(schema, value)).not.toEqual([]);
  });
});
