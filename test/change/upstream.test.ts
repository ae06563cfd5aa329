import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readChange } from '../../engine/diff.ts';
import { Source } from '../../engine/model/source.ts';
import { play } from '../../engine/scenario/play.ts';
import { CONFORMANCE, describeConformance } from '../conformance/data.ts';
import { allStories } from './stories.ts';

describeConformance('an edit of the upstream rules', () => {
  const files = (change: (text: string) => string): Source[] =>
    readdirSync(join(CONFORMANCE, 'rules'))
      .filter((name) => name.endsWith('.yaml'))
      .toSorted()
      .map((name) => new Source(name, change(readFileSync(join(CONFORMANCE, 'rules', name), 'utf8'))));

  it.each([
    ['an item of a list', /(- list: shell_binaries\n.*)\bsh, /, '$1', 'taken from list shell_binaries'],
    ['a part of a macro', /(- macro: spawned_process\n.*)execve, /, '$1', 'macro spawned_process'],
    [
      'a not',
      /(- rule: Read sensitive file untrusted\n[^]*?and )not (?=proc)/,
      '$1',
      'condition of Read sensitive file',
    ],
  ] as const)('is named as the cause of all that differs: %s', (_, before, after, cause) => {
    const { change } = readChange(
      files((text) => text),
      files((text) => text.replace(before, after)),
    );
    for (const { name, scenario } of allStories()) play(scenario, change!.run({ name, label: 'unknown' }));
    const { groups, edits } = change!.report();
    expect(edits.map(({ text }) => text)).toEqual([expect.stringContaining(cause)]);
    expect(groups.length).toBeGreaterThan(0);
    expect(new Set(groups.map((group) => group.cause.how))).toEqual(new Set(['alone']));
  });
});
