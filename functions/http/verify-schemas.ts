import { z } from '@hono/zod-openapi';

const Place = z
  .object({
    file: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    endLine: z.number().int(),
    endColumn: z.number().int(),
    start: z.number().int(),
    end: z.number().int(),
  })
  .openapi('FilePlace', { description: 'Lines and columns count from 1, offsets from 0, all in characters.' });
const Failure = z.object({
  expected: z.string().openapi({ description: 'What was expected, in words.', example: "alert 'Log emptied' once" }),
  came: z.array(z.string()).openapi({ description: 'What came instead, a line each.' }),
  nearest: z
    .array(z.string())
    .openapi({ description: 'The alert or event that came nearest, and the checks that decided, a line each.' }),
  rule: z.string().optional().openapi({ description: 'The rule it is about, where it is about one.' }),
  place: Place,
});
/** A finding with its place. */
export const FindingSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'lint']),
  message: z.string(),
  hint: z.string().optional(),
  place: Place.optional(),
  text: z.string().openapi({ description: 'All of it for people, with the line it is about.' }),
});
const Test = z.object({
  name: z.string(),
  file: z.string(),
  input: z.string().openapi({ description: 'The scenario or trace that was run.' }),
  place: Place,
  status: z.enum(['passed', 'failed', 'error', 'skipped']),
  reason: z.string().optional().openapi({ description: 'Why it was skipped.' }),
  failures: z.array(Failure),
  findings: z.array(FindingSchema).openapi({ description: 'What is wrong with the test itself, or with its trace.' }),
  events: z.number().int(),
  fired: z.array(z.object({ rule: z.string(), count: z.number().int() })),
  positive: z.array(z.string()).openapi({ description: 'Rules that it expects by name and that fired.' }),
  negative: z.array(z.string()).openapi({ description: 'Rules that it wants silent by name and that were.' }),
  idle: z
    .array(z.string())
    .openapi({ description: 'Of those wanted silent: rules that saw no event that they look at.' }),
  group: z.number().int().openapi({ description: 'Number of its rules in `coverage`; -1 when they did not load.' }),
});
const Rule = z.object({
  rule: z.string(),
  positive: z.number().int(),
  negative: z.number().int(),
  idle: z.number().int(),
  cannotFire: z.string().optional(),
  enabled: z.boolean(),
});

/** The report of `POST /v1/verify`. */
export const SuiteReportSchema = z
  .object({
    tests: z.array(Test),
    coverage: z.array(
      z.object({
        files: z.array(z.string()),
        ruleFiles: z.array(z.string()),
        rules: z.array(Rule),
        positive: z.number().int(),
        negative: z.number().int(),
        gates: z.number().int(),
      }),
    ),
    passed: z.number().int(),
    failed: z.number().int(),
    errors: z.number().int(),
    skipped: z.number().int(),
  })
  .openapi('SuiteReport');
