/**
 * Writes `scenarios/schema.json`, with which editors complete and check scenarios, and the reference in
 * `scenarios/README.md`, both from the tables of the language.
 *
 * Usage: node infra/generate/scenario-schema.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { scenarioReference } from '../../engine/scenario/reference.ts';
import { scenarioSchema } from '../../engine/scenario/schema.ts';

const BEGIN = '<!-- The reference is written by infra/generate/scenario-schema.ts. -->\n';
const END = '<!-- End of the reference. -->\n';

/** The text of `scenarios/schema.json`. */
export function schemaText(): string {
  return `${JSON.stringify(scenarioSchema(), undefined, 2)}\n`;
}

/** The README with its reference as it should be. */
export function withReference(readme: string): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('the README has no place for the reference');
  return `${before}${BEGIN}\n${scenarioReference()}\n${END}${after}`;
}

if (process.argv[1] === import.meta.filename) {
  const folder = new URL('../../scenarios/', import.meta.url);
  const readme = new URL('README.md', folder);
  writeFileSync(new URL('schema.json', folder), schemaText());
  writeFileSync(readme, withReference(readFileSync(readme, 'utf8')));
}
