import type { JsonSchema } from '../scenario/language/kind.ts';
import { keySchemas, requiredNames } from '../scenario/language/keys.ts';
import { mappingSchema } from '../scenario/schema.ts';
import { NODE_KEYS } from './node/read-plan.ts';
import { ATTEMPT_KEYS } from './read-attempt.ts';
import { CHECK_KEYS } from './read-checks.ts';
import { DEMANDS } from './read-demand.ts';
import { TASK_KEYS } from './read-task.ts';
import { TRACE_KEYS } from './read-traces.ts';

const TEXT: JsonSchema = { type: ['string', 'number', 'boolean'] };
const TEXTS: JsonSchema = { anyOf: [TEXT, { type: 'array', items: TEXT }] };
const OBJECT: JsonSchema = { type: 'object' };
const WORDS: JsonSchema = { type: 'object', additionalProperties: TEXT };
const FILE: JsonSchema = {
  anyOf: [
    { type: ['string', 'null'] },
    { type: 'object', required: ['from'], properties: { from: TEXT }, additionalProperties: false },
    { type: 'object', required: ['append'], properties: { append: TEXT }, additionalProperties: false },
    { type: 'object', required: ['replace'], properties: { replace: OBJECT }, additionalProperties: false },
  ],
};
const FILES: JsonSchema = { type: 'object', patternProperties: { '^/': FILE }, additionalProperties: false };
const HANDED_IN: Record<(typeof ATTEMPT_KEYS)[number], JsonSchema> = {
  files: FILES,
  answers: OBJECT,
  cluster: OBJECT,
  commands: TEXTS,
};
const ATTEMPTS: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name'],
    properties: { name: TEXT, why: TEXT, feedback: TEXTS, ...HANDED_IN },
    additionalProperties: false,
  },
};
/** Keys of checks that hold no text and no list of texts. */
const PARTS: Readonly<Record<string, JsonSchema>> = {
  expect: { type: 'array', items: { type: ['object', 'string'] } },
  told: WORDS,
  config: OBJECT,
  state: OBJECT,
  mutants: { type: 'object', additionalProperties: WORDS },
};

/**
 * The JSON Schema of `task.yaml`, from the tables that reading uses. Values may hold `<<name>>` in place of anything, so
 * it says what keys there are and of what sort their values, and no more.
 */
export function taskSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Creance practice task',
    ...mappingSchema(TASK_KEYS, {
      vars: OBJECT,
      cluster: OBJECT,
      files: FILES,
      node: mappingSchema(NODE_KEYS, { every: TEXT }),
      traces: {
        type: 'object',
        patternProperties: {
          '^[a-z0-9][a-z0-9-]*$': mappingSchema(TRACE_KEYS, { scenario: { type: ['string', 'object'] } }),
        },
        additionalProperties: false,
      },
      checks: { type: 'array', items: { anyOf: Object.values(DEMANDS).map(({ keys }) => checkSchema(keys)) } },
      solution: {
        type: 'object',
        required: ['explanation'],
        properties: { explanation: TEXT, ...HANDED_IN },
        additionalProperties: false,
      },
      'also right': ATTEMPTS,
      wrong: ATTEMPTS,
    }),
  };
}

function checkSchema(keys: readonly string[]): JsonSchema {
  const own = keys.map((key) => [key, PARTS[key] ?? TEXTS] as const);
  return {
    type: 'object',
    required: [...requiredNames(CHECK_KEYS), keys[0]],
    properties: { ...keySchemas(CHECK_KEYS), ...Object.fromEntries(own) },
    additionalProperties: false,
  };
}
