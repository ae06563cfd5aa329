import { z } from '@hono/zod-openapi';
import { MAX_CONDITION_CHARS, MAX_FORM_PARTS, MAX_LABELS, MAX_NAME_CHARS } from '../../engine/model/limits.ts';
import { labelProblem } from '../store/labels.ts';
import { PROBLEMS } from './problem-codes.ts';

/** A text with the name that diagnostics call it by. */
export const NamedText = z.strictObject({
  name: z.string().min(1).max(MAX_NAME_CHARS).optional().openapi({ example: 'my_rules.yaml' }),
  text: z.string(),
});

/** A rule file: its text, or its text and name. */
export const RuleFiles = z
  .array(z.union([z.string(), NamedText]))
  .min(1, 'at least one rule file is needed')
  .max(MAX_FORM_PARTS)
  .openapi({
    description: 'Rule files in the order in which Falco would load them. In a form: one part `rules` each.',
  });

/** A configuration of Falco. */
export const ConfigurationText = z.union([z.string(), NamedText]).openapi({
  description:
    'A `falco.yaml`: what it says of matching, priority, rules to switch on or off, outputs and JSON holds here too. Its `rules_files` are not read, for the rules come in the request.',
});

/** A scenario of the library by its name, or one of the user's own. */
export const ScenarioChoice = z.union([z.string().max(MAX_NAME_CHARS), NamedText]).openapi({
  description: 'The name of a scenario of the library, or `{ "text": "..." }` with one of your own.',
});

/** A case of a scenario that has several. */
export const CaseName = z.string().max(MAX_CONDITION_CHARS).openapi({
  description: 'Which case of a scenario that has several, by its name; the first one unless given.',
  example: 'shell=bash, file=/etc/shadow',
});

/** A trace that was uploaded, by its id. */
export const TraceId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'is no id of a trace: 32 hexadecimal digits')
  .openapi({ description: 'The id of a trace that was uploaded.', example: '5f2b8c1d9e3a47608b1c2d3e4f506172' });

/** What somebody says of a trace. */
export const LabelsSchema = z
  .record(z.string(), z.string())
  .superRefine((labels, context) => {
    const entries = Object.entries(labels);
    if (entries.length > MAX_LABELS) context.addIssue(`a trace has ${MAX_LABELS} labels at most`);
    for (const [key, value] of entries) {
      const message = labelProblem(key, value);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [key], message });
    }
  })
  .openapi({
    description:
      '`kind` is `attack` or `benign`, `technique` one of ATT&CK; any other key is free: small letters, digits, dots, hyphens, underscores and slashes.',
    example: { kind: 'attack', technique: 'T1059.004', workload: 'nginx' },
  });

/** A place in a text. */
const Place = z
  .object({ line: z.number().int(), column: z.number().int(), offset: z.number().int() })
  .openapi('Place', { description: 'Line and column count from 1, the offset from 0, all in characters.' });

/** Something wrong with what was sent. */
export const DiagnosticSchema = z
  .object({
    code: z.string().openapi({ example: 'LOAD_ERR_COMPILE_CONDITION' }),
    severity: z.enum(['error', 'warning', 'lint']),
    message: z.string(),
    hint: z.string().optional(),
    source: z.string().optional().openapi({ description: 'The name of the file.' }),
    start: Place.optional(),
    end: Place.optional(),
    byteOffset: z.number().int().optional().openapi({ description: 'For traces: where in the decompressed bytes.' }),
  })
  .openapi('Diagnostic');

/** A refusal. */
export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(PROBLEMS) as [string, ...string[]]),
    detail: z.string(),
    hint: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
    diagnostics: z.array(DiagnosticSchema).optional(),
  })
  .openapi('Problem');

const Names = z.array(z.string());

/** A trace that is kept. */
export const TraceSchema = z
  .object({
    id: TraceId,
    name: z.string().openapi({ example: 'node-7.scap.gz' }),
    sha256: z.string().openapi({
      description:
        'Of the bytes as they were sent; of a recording in segments, of the hexadecimal hashes of its segments, a line each.',
    }),
    size: z.number().int().openapi({ description: 'Bytes as they were sent.' }),
    encoding: z.enum(['scap', 'scap.gz', 'jsonl', 'jsonl.gz']),
    createdAt: z.iso.datetime(),
    labels: LabelsSchema,
    state: z.enum(['open', 'pending', 'indexed', 'unreadable']).openapi({
      description:
        '`open`: a recording that goes on; `pending`: it is being read in the background; `indexed`: it was read to its end; `unreadable`: nothing of it can be read, and `reason` says why.',
    }),
    reason: z.string().optional(),
    summary: z
      .object({
        events: z.number().int(),
        firstTime: z.string().optional().openapi({ description: 'Nanoseconds since the epoch, decimal digits.' }),
        lastTime: z.string().optional(),
        hosts: Names,
        images: Names,
        containers: z.number().int(),
        gaps: z.number().int(),
      })
      .optional()
      .openapi({ description: 'What is known once it was read.' }),
    recording: z
      .object({ open: z.boolean(), segments: z.number().int(), lost: z.number().int() })
      .optional()
      .openapi({ description: 'Of a recording in segments.' }),
  })
  .openapi('Trace');

/** A body or answer of JSON in the OpenAPI document. */
export function jsonContent(schema: z.ZodType, example?: object) {
  return { content: { 'application/json': { schema, ...(example !== undefined && { example }) } } };
}

/** Answers that every route may give, for the OpenAPI document. */
export const REFUSALS = {
  '4XX': { description: 'The request is refused.', content: { 'application/problem+json': { schema: ProblemSchema } } },
  '5XX': { description: 'The service failed.', content: { 'application/problem+json': { schema: ProblemSchema } } },
} as const;
