import { describe, expect, it } from 'vitest';
import type { Node } from '../../engine/document/node.ts';
import { NodeReader } from '../../engine/document/reading.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { Source } from '../../engine/model/source.ts';

const KEYS = ['name', 'count', 'quiet', 'steps', 'kind'];

describe('NodeReader', () => {
  it('reads texts, truth values, whole numbers, words and lists', () => {
    const { reader, root } = open('name: 017\ncount: 0x10\nquiet: no\nsteps: [a, 1]\nkind: open\n');
    const fields = reader.fields(root, 'a scenario', KEYS);
    expect(fields?.read('name', (node, what) => reader.text(node, what))).toBe('017');
    expect(fields?.read('count', (node, what) => reader.integer(node, what, 0, 100))).toBe(16);
    expect(fields?.read('quiet', (node, what) => reader.boolean(node, what))).toBe(false);
    expect(fields?.read('steps', (node, what) => reader.texts(node, what))).toEqual(['a', '1']);
    expect(fields?.read('kind', (node, what) => reader.choice(node, what, ['open', 'close']))).toBe('open');
    expect(reader.diagnostics).toEqual([]);
  });

  it('keeps whole numbers exact beyond 2^53', () => {
    const { reader, root } = open('18446744073709551615\n');
    expect(reader.integer(root, 'a number', 0, 2n ** 64n)).toBe(18446744073709551615n);
  });

  it.each([
    ['nmae: x\n', 'YAML_UNKNOWN_KEY', "a scenario has no key 'nmae'", "did you mean 'name'?"],
    ['name: x\nname: y\n', 'YAML_DUPLICATE_KEY', "a scenario has 'name' twice", undefined],
    ['[x]: y\n', 'YAML_KIND', 'a key of a scenario must be a single value, this is a list', undefined],
    ['- x\n', 'YAML_KIND', 'a scenario must be a mapping, this is a list', undefined],
  ])('tells what is wrong with the keys of %j', (yaml, code, message, hint) => {
    const { reader, root } = open(yaml);
    reader.fields(root, 'a scenario', KEYS);
    expect(reader.diagnostics).toMatchObject([{ code, severity: 'error', message }]);
    expect(reader.diagnostics[0]?.hint).toBe(hint);
  });

  it.each([
    ['count: many\n', 'YAML_VALUE', "'count' must be a whole number from 0 to 10, not 'many'"],
    ['count: 11\n', 'YAML_VALUE', "'count' must be a whole number from 0 to 10, not '11'"],
    ['count: [1]\n', 'YAML_KIND', "'count' must be a single value, this is a list"],
    ['count:\n', 'YAML_MISSING_KEY', "a scenario needs 'count'"],
    ['name: x\n', 'YAML_MISSING_KEY', "a scenario needs 'count'"],
  ])('tells what is wrong with the number in %j', (yaml, code, message) => {
    const { reader, root } = open(yaml);
    const fields = reader.fields(root, 'a scenario', KEYS);
    expect(fields?.read('count', (node, what) => reader.integer(node, what, 0, 10))).toBeUndefined();
    expect(reader.diagnostics).toMatchObject([{ code, message }]);
  });

  it('suggests the word that was meant', () => {
    const { reader, root } = open('opne\n');
    expect(reader.choice(root, 'a kind', ['open', 'close'])).toBeUndefined();
    expect(reader.diagnostics[0]?.hint).toBe("did you mean 'open'?");
  });
});

function open(yaml: string): { reader: NodeReader; root: Node } {
  const root = readDocuments(new Source('scenario.yaml', yaml)).documents[0];
  if (root === undefined) throw new Error('no document');
  return { reader: new NodeReader(), root };
}
