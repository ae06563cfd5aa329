import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { PracticeRange } from '../../../engine/practise.ts';
import { givenFiles } from '../../../engine/suite/given-files.ts';
import { openRange } from '../../../functions/cli/practice/range.ts';
import { practiceFiles } from '../../../functions/web/practice-files.ts';

const files = new Map(practiceFiles(fileURLToPath(new URL('../../..', import.meta.url))));

function sourcesIn(name: string): Source[] {
  const list = JSON.parse(new TextDecoder().decode(files.get(name))) as { name: string; text: string }[];
  return list.map(({ name: path, text }) => new Source(path, text));
}

describe('practice tasks as files of the site', () => {
  it('are all listed', () => {
    const listed = JSON.parse(new TextDecoder().decode(files.get('tasks/index.json'))) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(openRange().ids());
  });

  it.each(openRange().ids())('hold all that %s needs', async (id) => {
    const range = new PracticeRange(
      givenFiles([...sourcesIn(`tasks/${id}.json`), ...sourcesIn('tasks/rules.json')]),
      'scenarios/practice',
    );
    const { task, diagnostics } = range.open(id, '3');
    expect(diagnostics).toEqual([]);
    expect(task?.files).toEqual(openRange().open(id, '3').task?.files);
    for (const trace of task?.traces ?? []) {
      const { chunks, diagnostics: told } = await range.record(task as NonNullable<typeof task>, trace, 'jsonl');
      expect(told, trace.name).toEqual([]);
      expect(chunks.length, trace.name).toBeGreaterThan(0);
    }
  });
});
