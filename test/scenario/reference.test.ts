import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { readCases } from '../../engine/scenario/read-cases.ts';
import { EXPECT, PARTS } from '../../engine/scenario/reference.ts';
import { VERBS } from '../../engine/scenario/steps/verbs.ts';
import { schemaText } from '../../infra/generate/scenario-schema.ts';
import { EXAMPLES, examplesOf, seenOf, storyOf, unmetExpectations } from '../../infra/generate/worked-examples.ts';
import { mismatches, type Schema } from './json-schema.ts';

const schema = JSON.parse(schemaText()) as Schema;

/** Keys of `keys` that nothing in the texts has. */
function unused(keys: object, texts: readonly string[]): string[] {
  return Object.keys(keys).filter((key) => !texts.some((text) => new RegExp(`(^|[\\s{-])${key}:`, 'm').test(text)));
}

const parts = [
  ...VERBS.map((verb) => [verb.words, verb.keys] as const),
  ...PARTS.map(([title, keys]) => [title, title === 'Every step' ? { ...keys } : keys] as const),
];

describe('the guide to the language', () => {
  const readme = readFileSync(new URL('../../scenarios/README.md', import.meta.url), 'utf8');
  const stories = [...readme.matchAll(/```yaml\n(story:[\s\S]*?)```/g)].map(([, story = '']) => [story] as const);

  it.each(stories)('shows a story that can be played: %s', (story) => {
    const { cases, diagnostics } = readCases(new Source('README.md', story));
    expect(diagnostics).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
    expect(mismatches(schema, load(story))).toEqual([]);
  });

  it('shows more than one', () => {
    expect(stories.length).toBeGreaterThan(2);
  });
});

describe('the reference of the language', () => {
  it.each(parts)('shows every key of "%s" in an example that can be played and has something to show', (part, keys) => {
    const examples = examplesOf(part);
    expect(examples.length).toBeGreaterThan(0);
    expect(unused(keys, examples.map(storyOf))).toEqual([]);
    for (const example of examples) {
      expect(seenOf(example)).not.toEqual([]);
      expect(mismatches(schema, load(storyOf(example)))).toEqual([]);
    }
  });

  it.each(VERBS.map(({ words }) => words))('says "%s" in its example', (words) => {
    expect(examplesOf(words).every(({ steps = '' }) => new RegExp(`- \\w+ ${words}($|:)`, 'm').test(steps))).toBe(true);
  });

  it('has no example of what there is not', () => {
    const known = parts.map(([part]) => part);
    expect(
      [...Object.keys(EXAMPLES.verbs), ...Object.keys(EXAMPLES.stories)].filter((part) => !known.includes(part)),
    ).toEqual([]);
  });

  it('shows every key of an expectation in a story of which all of them hold', async () => {
    expect(unused(EXPECT[1], [EXAMPLES.expectations.story])).toEqual([]);
    expect(await unmetExpectations()).toEqual([]);
  });
});
