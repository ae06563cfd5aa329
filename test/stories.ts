import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Source } from '../engine/model/source.ts';
import { readCases, type ScenarioCase } from '../engine/scenario/read-cases.ts';
import { play } from '../engine/scenario/play.ts';
import { openWriter, type TargetEncoding } from '../engine/trace/trace-writer.ts';
import { foldersWith, LIBRARY } from './library.ts';

/** Every story of the library and every twin, by their paths below it. */
export const STORIES: readonly string[] = (['scenario', 'benign'] as const).flatMap((story) =>
  foldersWith(story).map((folder) => `${folder}/${story}.yaml`),
);

/** All tellings of a story. */
export function tellingsOf(story: string): readonly ScenarioCase[] {
  return readCases(new Source(story, readFileSync(join(LIBRARY, story), 'utf8'))).cases;
}

/** The trace of one telling. */
export function traceOf({ scenario }: ScenarioCase, to: TargetEncoding): Buffer {
  const chunks: Uint8Array[] = [];
  const writer = openWriter(to, (bytes) => void chunks.push(bytes));
  play(scenario, writer);
  writer.end();
  return Buffer.concat(chunks);
}
