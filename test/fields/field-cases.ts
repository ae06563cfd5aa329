import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Family, Reading } from '../../engine/fields/field.ts';
import type { Value } from '../../engine/model/value.ts';
import { momentOf, type MachineWords } from './moment-of.ts';

/** One case: a machine in words, and what fields read there. Null is no value; `{ problem }` a refused argument. */
interface FieldCase extends MachineWords {
  readonly name: string;
  readonly reads?: Readonly<Record<string, Value | null>>;
  readonly candidates?: Readonly<Record<string, readonly Value[] | null>>;
  readonly prints?: Readonly<Record<string, string | null>>;
  readonly refuses?: Readonly<Record<string, string>>;
}

/** Runs the cases of a file under test/cases/fields against families. */
export function runFieldCases(file: string, ...families: readonly Family[]): void {
  const path = new URL(`../cases/fields/${file}`, import.meta.url);
  const cases = load(readFileSync(path, 'utf8')) as readonly FieldCase[];
  describe(file, () => {
    it.each(cases)('$name', (words) => {
      const moment = momentOf(words);
      for (const [text, value] of Object.entries(words.reads ?? {})) {
        expect([text, readingOf(families, text).read(moment) ?? null]).toEqual([text, value]);
      }
      for (const [text, values] of Object.entries(words.candidates ?? {})) {
        expect([text, readingOf(families, text).candidates?.(moment) ?? null]).toEqual([text, values]);
      }
      for (const [text, printed] of Object.entries(words.prints ?? {})) {
        expect([text, readingOf(families, text).printed?.(moment) ?? null]).toEqual([text, printed]);
      }
      for (const [text, message] of Object.entries(words.refuses ?? {})) {
        expect([text, find(families, text)]).toEqual([text, expect.objectContaining({ message })]);
      }
    });
  });
}

/** The reading of a field written with its argument, `proc.aname[2]`; throws when it is refused. */
export function readingOf(families: readonly Family[], text: string): Reading {
  const found = find(families, text);
  if ('problem' in found) throw new Error(`${text}: ${found.message}`);
  return found;
}

function find(
  families: readonly Family[],
  text: string,
): ReturnType<Extract<Family[string], (...args: never) => unknown>> {
  const [, name, bracketed] = /^([^[]*)(?:\[(.*)\])?$/.exec(text) as unknown as [string, string, string | undefined];
  const isCgroup = name.startsWith('thread.cgroup.');
  const key = isCgroup ? 'thread.cgroup' : name;
  const argument = isCgroup ? name.slice('thread.cgroup.'.length) : bracketed;
  const entry = families.find((family) => Object.hasOwn(family, key))?.[key];
  if (entry === undefined) throw new Error(`no family has ${key}`);
  return typeof entry === 'function' ? entry(argument) : entry;
}
