import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { taskSchemaText } from '../../infra/generate/task-schema.ts';
import { openRange } from '../../functions/cli/practice/range.ts';
import { LIBRARY } from '../library.ts';
import { mismatches, type Schema } from '../scenario/json-schema.ts';

const FOLDER = `${LIBRARY}practice/`;
const schema = JSON.parse(taskSchemaText()) as Schema;

function written(id: string): Record<string, unknown> {
  return load(readFileSync(`${FOLDER}${id}/task.yaml`, 'utf8')) as Record<string, unknown>;
}

describe('the schema of practice tasks', () => {
  it('is what the tables of the language say', () => {
    expect(readFileSync(`${FOLDER}task.schema.json`, 'utf8')).toBe(taskSchemaText());
  });

  it.each(openRange().ids())('accepts %s', (id) => {
    expect(mismatches(schema, written(id))).toEqual([]);
  });

  it.each([
    ['a task without checks', { checks: undefined }],
    ['a key that there is not', { hint: 'x' }],
    ['a check that asks nothing', { checks: [{ about: 'x', points: 1 }] }],
    ['a check without points', { checks: [{ about: 'x', valid: 'yes' }] }],
    ['a check that asks two things', { checks: [{ about: 'x', points: 1, valid: 'yes', answer: 'pod', is: 'x' }] }],
    ['a path that is not absolute', { files: { 'etc/x': '' } }],
    ['a file from two places', { files: { '/etc/x': { from: 'a', append: 'b' } } }],
    ['a solution that is not explained', { solution: { files: {} } }],
    ['a wrong way without a name', { wrong: [{ files: {} }] }],
    ['a trace without its story', { traces: { node: { shows: 'x' } } }],
  ])('refuses %s', (_, part) => {
    const task = written('write-rules/vault-folder-opened');
    const changed = Object.entries({ ...task, ...part }).filter(([, value]) => value !== undefined);
    expect(mismatches(schema, Object.fromEntries(changed))).not.toEqual([]);
  });
});
