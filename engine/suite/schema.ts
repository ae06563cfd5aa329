import type { JsonSchema } from '../scenario/language/kind.ts';
import { keyTable } from '../scenario/reference.ts';
import { expectationSchemas, mappingSchema } from '../scenario/schema.ts';
import { TEST_FILE_KEYS } from './read-test-file.ts';
import { TEST_KEYS } from './read-tests.ts';

const PATH: JsonSchema = { type: 'string', minLength: 1 };
const PATHS: JsonSchema = { anyOf: [PATH, { type: 'array', items: PATH, minItems: 1 }] };
const SIDE: JsonSchema = { enum: ['positive', 'negative'] };

/**
 * The JSON Schema of test files, from the tables that reading uses: editors complete and check with it.
 *
 * @param scenario where the schema of scenarios is, as seen from this one
 */
export function testFileSchema(scenario: string): JsonSchema {
  const expectations = { type: 'array', items: { anyOf: expectationSchemas() } };
  const test = mappingSchema(TEST_KEYS, {
    scenario: { anyOf: [PATH, { $ref: scenario }] },
    scenarios: PATHS,
    trace: PATH,
    expect: { anyOf: [{ enum: ['own', 'upstream'] }, expectations] },
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Creance test file',
    ...mappingSchema(TEST_FILE_KEYS, {
      rules: PATHS,
      config: { anyOf: [PATH, { type: 'object' }] },
      hosts: PATH,
      require: { anyOf: [SIDE, { type: 'array', items: SIDE }] },
      'cannot fire': { type: 'object', additionalProperties: { type: 'string' } },
      tests: { type: 'array', items: test },
    }),
  };
}

/** The reference of test files in Markdown, from the same tables. */
export function testFileReference(): string {
  return `### The file\n\n${keyTable(TEST_FILE_KEYS)}\n\n### Each of \`tests\`\n\n${keyTable(TEST_KEYS)}\n`;
}
