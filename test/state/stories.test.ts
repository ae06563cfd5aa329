import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tell, type Story } from './story.ts';

const folder = new URL('../cases/state/stories/', import.meta.url);

describe('the state of a machine', () => {
  for (const file of readdirSync(folder)) {
    describe(file.replace('.json', ''), () => {
      const stories = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Story[];
      it.each(stories.map((story) => [story.name, story] as const))('%s', (_, story) => {
        const { found, expected } = tell(story);
        expect(found).toEqual(expected);
      });
    });
  }
});
