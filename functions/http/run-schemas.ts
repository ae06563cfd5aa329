import { z } from '@hono/zod-openapi';
import {
  MAX_CAPTURE_BODY_BYTES,
  MAX_HOSTS_CHARS,
  MAX_NAME_CHARS,
  MAX_REQUEST_BYTES,
} from '../../engine/model/limits.ts';
import { CaseName, DiagnosticSchema, ScenarioChoice, TraceId } from './schemas.ts';
import { EVENT_STREAM, NDJSON } from './answer-format.ts';

/** Members of every request that runs over a trace. */
export const RUN_MEMBERS = {
  scenario: ScenarioChoice.optional(),
  case: CaseName.optional(),
  trace: TraceId.optional(),
  hosts: z
    .string()
    .max(MAX_HOSTS_CHARS)
    .optional()
    .openapi({ description: 'Names of addresses, as in /etc/hosts. No name server is ever asked.' }),
  timezone: z
    .string()
    .max(MAX_NAME_CHARS)
    .optional()
    .openapi({ description: 'Zone of times in outputs; UTC unless given.', example: 'Europe/Berlin' }),
};

/** Most bytes of a form that brings a capture. */
export const RUN_FORM_BYTES = MAX_CAPTURE_BODY_BYTES + MAX_REQUEST_BYTES;

/** The form of a request that runs rules over a trace. */
export const RULES_RUN_SHAPE = {
  lists: ['rules'],
  files: ['rules', 'scenario', 'config'],
  capture: 'trace',
  needed: ['rules'],
  maxBytes: RUN_FORM_BYTES,
};

/** The description of a run's body: JSON, or a form that may bring a capture. */
export function runBody(json: z.ZodObject, form: z.ZodRawShape, example: z.input<z.ZodObject>): object {
  const file = z.string().openapi({ format: 'binary' });
  return {
    required: true,
    content: {
      'application/json': { schema: json, example },
      'multipart/form-data': {
        schema: z.object({
          ...form,
          scenario: z.string().optional().openapi({ description: 'A name, or a file with a scenario.' }),
          trace: file.optional().openapi({
            description:
              'A capture (scap or jsonl, gzipped or not) as a file, or the id of a stored one. A large file comes last.',
          }),
        }),
      },
    },
  };
}

/** The descriptions of a run's answer in each of its formats. */
export function runAnswers(list: string, entry: z.ZodType, report: z.ZodType): object {
  const whole = z.object({ [list]: z.array(entry), report });
  return {
    'application/json': { schema: whole },
    [NDJSON]: { schema: entry.openapi({ description: 'One a line, then `{"report": ...}`.' }) },
    [EVENT_STREAM]: { schema: z.string().openapi({ description: 'Events named for an entry, then `report`.' }) },
  };
}

/** What was wrong with the input of a run. */
export const Diagnostics = z.array(DiagnosticSchema);
