/**
 * Writes `scenarios/schema.json`, with which editors complete and check scenarios, and `scenarios/REFERENCE.md`, both from
 * the tables of the language.
 *
 * Usage: node infra/generate/scenario-schema.ts
 */
import { writeFileSync } from 'node:fs';
import { scenarioReference } from '../../engine/scenario/reference.ts';
import { scenarioSchema } from '../../engine/scenario/schema.ts';
import { EXAMPLES, workedExamples } from './worked-examples.ts';

/** The text of `scenarios/schema.json`. */
export function schemaText(): string {
  return `${JSON.stringify(scenarioSchema(), undefined, 2)}\n`;
}

/** The text of `scenarios/REFERENCE.md`. */
export function referenceText(): string {
  return `# The scenario language

<!-- Written by infra/generate/scenario-schema.ts from the tables of the language and scenario-examples.yaml. -->

Every part of the language, with an example that uses every key of it and what Falco sees of that. [README.md](README.md)
teaches it from the beginning.

In the examples of verbs these are there:

\`\`\`yaml
${EXAMPLES.stage.trimEnd()}
\`\`\`

${scenarioReference(workedExamples)}`;
}

if (process.argv[1] === import.meta.filename) {
  const folder = new URL('../../scenarios/', import.meta.url);
  writeFileSync(new URL('schema.json', folder), schemaText());
  writeFileSync(new URL('REFERENCE.md', folder), referenceText());
}
