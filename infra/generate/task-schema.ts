/**
 * Writes `scenarios/practice/task.schema.json`, with which editors complete and check practice tasks, from the tables that
 * reading uses.
 *
 * Usage: node infra/generate/task-schema.ts
 */
import { writeFileSync } from 'node:fs';
import { taskSchema } from '../../engine/practice/schema.ts';

/** The text of `scenarios/practice/task.schema.json`. */
export function taskSchemaText(): string {
  return `${JSON.stringify(taskSchema(), undefined, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL('../../scenarios/practice/task.schema.json', import.meta.url), taskSchemaText());
}
