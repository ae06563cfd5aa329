import { ALERT_KEYS, ALERTS_KEYS, IN_ORDER_KEYS, NO_ALERT_KEYS, NO_OTHER_ALERTS, ORDERED_KEYS } from './expect.ts';
import { keySchemas, requiredNames } from './language/keys.ts';
import type { JsonSchema, Keys } from './language/kind.ts';
import { FILLED_DEFINITION, withFilled } from './cases/filled-schema.ts';
import { CASES_SCHEMA } from './cases/read-case-plans.ts';
import { ACTOR_KEYS } from './read-actors.ts';
import { CONTAINER_KEYS } from './read-containers.ts';
import { MACHINE_KEYS } from './read-machine.ts';
import { GROUP_KEYS } from './read-group.ts';
import { AS_KEY, RESULT_KEY, STEP_KEYS } from './read-steps.ts';
import { SCENARIO_KEYS } from './read-story.ts';
import { shareLongLists } from './long-lists.ts';
import { VERBS } from './steps/verbs.ts';
import type { Verb } from './verb.ts';

const NAME = '[A-Za-z_][A-Za-z0-9_.-]*';
/** Who does something: a name, or one that a case fills. */
const WHO = `(${NAME}|\\$\\{${NAME}\\})`;

const STEPS_REFERENCE: JsonSchema = { allOf: [{ $ref: '#/definitions/steps' }] };

/** The JSON Schema of scenarios, from the tables that reading uses: editors complete and check with it. */
export function scenarioSchema(): JsonSchema {
  const { properties, ...rest } = withFilled(
    mappingSchema(SCENARIO_KEYS, {
      machine: mappingSchema(MACHINE_KEYS),
      containers: namedSchema(mappingSchema(CONTAINER_KEYS)),
      actors: { anyOf: [namedSchema(actorSchema()), { type: 'array', items: namedSchema(actorSchema()) }] },
      steps: STEPS_REFERENCE,
      expect: { type: 'array', items: { anyOf: expectationSchemas() } },
    }),
  );
  const steps = withFilled(stepsSchema());
  const cases = { ...keySchemas(SCENARIO_KEYS).cases, ...CASES_SCHEMA };
  const schema = shareLongLists({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Creance scenario',
    ...rest,
    properties: { ...(properties as JsonSchema), cases },
    definitions: { steps },
  });
  return { ...schema, definitions: { ...(schema.definitions as JsonSchema), ...FILLED_DEFINITION } };
}

/** A mapping with these keys; `parts` are the schemas of keys that have a reader of their own. */
export function mappingSchema(keys: Keys, parts: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const properties = keySchemas(keys);
  for (const [name, schema] of Object.entries(parts)) properties[name] = { ...properties[name], ...schema };
  const required = requiredNames(keys);
  return { type: 'object', ...(required.length > 0 && { required }), properties, additionalProperties: false };
}

function namedSchema(schema: JsonSchema): JsonSchema {
  return { type: 'object', patternProperties: { [`^${NAME}$`]: schema }, additionalProperties: false };
}

/** An actor is a command alone, or a mapping that names the command or at least the file. */
function actorSchema(): JsonSchema {
  const { required: _, ...mapping } = mappingSchema(ACTOR_KEYS);
  return {
    anyOf: [ACTOR_KEYS.runs.kind.schema, { ...mapping, anyOf: [{ required: ['runs'] }, { required: ['exe'] }] }],
  };
}

/** A group holds steps again. */
function stepsSchema(): JsonSchema {
  const group = mappingSchema(GROUP_KEYS, { steps: STEPS_REFERENCE });
  return { type: 'array', items: { anyOf: [sentenceSchema(), ...VERBS.map(stepSchema), group] } };
}

/** Sentences that need nothing after them. */
function sentenceSchema(): JsonSchema {
  const words = VERBS.filter((verb) => verb.objectRule !== 'required' && requiredNames(verb.keys).length === 0);
  return { type: 'string', pattern: `^${WHO} (${words.map((verb) => verb.words).join('|')})$` };
}

function stepSchema(verb: Verb): JsonSchema {
  const keys: Keys = { ...verb.keys, ...(verb.names && AS_KEY), ...(verb.canFail && RESULT_KEY), ...STEP_KEYS };
  const object =
    verb.objectRule === 'optional' ? { anyOf: [verb.object.schema, { type: 'null' }] } : verb.object.schema;
  const sentence = { ...object, description: `${verb.about} For instance: ${verb.example}` };
  const required = requiredNames(verb.keys);
  return {
    type: 'object',
    minProperties: 1 + required.length,
    ...(required.length > 0 && { required }),
    patternProperties: { [`^${WHO} ${verb.words}$`]: sentence },
    properties: keySchemas(keys),
    additionalProperties: false,
  };
}

/** What an item of `expect` may be. */
export function expectationSchemas(): JsonSchema[] {
  const ordered = { type: 'array', minItems: 2, items: { anyOf: [{ type: 'string' }, mappingSchema(ORDERED_KEYS)] } };
  return [
    { const: NO_OTHER_ALERTS },
    mappingSchema(ALERT_KEYS),
    mappingSchema(NO_ALERT_KEYS),
    mappingSchema(IN_ORDER_KEYS, { 'in order': ordered }),
    mappingSchema(ALERTS_KEYS),
  ];
}
