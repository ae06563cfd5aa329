import { z } from '@hono/zod-openapi';
import { MAX_EXAM_TASKS, MAX_NAME_CHARS } from '../../engine/model/limits.ts';
import { GROUPS } from '../../engine/practice/task.ts';
import { FindingSchema } from './verify-schemas.ts';

/** Which variant of a task: the same seed gives the same names and numbers. */
export const Seed = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'is a word of letters, digits, dots and hyphens, 64 at most')
  .default('1')
  .openapi({ description: 'Which variant of the task: the same seed gives the same names and numbers.', example: '7' });

/** A task in the path of a request. */
export const TaskInPath = z.string().openapi({
  description: 'The id as the list tells it, `GROUP/NAME`; the slash may stand as it is or encoded.',
  example: 'write-rules/vault-folder-opened',
});

/** What the list tells of a task. */
export const TaskSummarySchema = z
  .object({
    id: z.string().openapi({ example: 'write-rules/vault-folder-opened' }),
    group: z.enum(GROUPS),
    title: z.string(),
    skill: z.string().openapi({ description: 'What is practised.' }),
    minutes: z.number().int().openapi({ description: 'How long somebody takes who knows it.' }),
    weight: z.number().int().openapi({ description: 'How much it counts in an exam.' }),
    points: z.number().int().openapi({ description: 'The full score.' }),
    bonus: z.number().int().openapi({ description: 'Points that can be had beyond it.' }),
  })
  .openapi('TaskSummary');

/** A task as whoever works on it gets it. */
export const TaskSheetSchema = TaskSummarySchema.extend({
  seed: z.string(),
  instructions: z.string().openapi({ description: 'Markdown.' }),
  questions: z.array(z.object({ name: z.string(), text: z.string() })).openapi({
    description: 'Answers are written to `/root/answers.yaml`, as `NAME: answer`.',
  }),
  files: z.record(z.string(), z.string()).openapi({
    description: 'Files of the machine at the start, by absolute path.',
  }),
  traces: z.array(z.object({ name: z.string(), shows: z.string() })).openapi({
    description: 'Traces that may be looked at; others are for grading.',
  }),
  checks: z.array(z.object({ about: z.string(), points: z.number().int(), bonus: z.boolean() })),
  hints: z.number().int().openapi({ description: 'How many hints there are.' }),
}).openapi('TaskSheet');

/** Files that are handed in. */
const HandedInFiles = z
  .record(
    z
      .string()
      .max(MAX_NAME_CHARS)
      .regex(/^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/, 'is an absolute path without . and ..'),
    z.string().nullable(),
  )
  .openapi({
    description:
      'Files by absolute path, put over those of the start: what was changed is enough, all may be there; `null` is a file that was removed.',
  });

/** What is handed in for one task. */
export const HandedIn = z.strictObject({ seed: Seed, files: HandedInFiles });

/** What is handed in for an exam. */
export const HandedInExam = z.strictObject({
  seed: Seed,
  tasks: z
    .array(z.strictObject({ id: z.string().max(MAX_NAME_CHARS), files: HandedInFiles.default({}) }))
    .min(1)
    .max(MAX_EXAM_TASKS)
    .openapi({ description: 'All tasks of the exam, also those that were not begun.' }),
});

/** Several tasks to be done in one time. */
export const ExamSchema = z
  .object({
    seed: z.string(),
    tasks: z.array(TaskSummarySchema).openapi({ description: 'In the order in which they are set.' }),
    minutes: z.number().int(),
    passing: z.number().openapi({ description: 'Percent that are needed.' }),
  })
  .openapi('Exam');

/** What became of what was handed in. */
export const GradeSchema = z
  .object({
    task: z.string(),
    seed: z.string(),
    score: z.number().int(),
    of: z.number().int(),
    bonus: z.number().int(),
    bonusOf: z.number().int(),
    passed: z.boolean().openapi({ description: 'Full score; bonus points do not count.' }),
    checks: z.array(
      z.object({
        about: z.string(),
        isMet: z.boolean(),
        points: z.number().int(),
        of: z.number().int(),
        bonus: z.boolean(),
        feedback: z.array(z.string()).openapi({
          description: 'Why it is not met, a line each: what was expected, what came, what came nearest.',
        }),
      }),
    ),
    findings: z.array(FindingSchema).openapi({ description: 'What Falco says of configuration and rules.' }),
  })
  .openapi('Grade');

/** What an exam came to. */
export const ExamResultSchema = z
  .object({
    seed: z.string(),
    minutes: z.number().int(),
    passing: z.number(),
    percent: z.number().openapi({ description: 'To a tenth.' }),
    passed: z.boolean(),
    parts: z.array(
      z.object({
        task: z.string(),
        title: z.string(),
        weight: z.number().int(),
        begun: z.boolean().openapi({ description: 'Something was changed; what was not begun scores nothing.' }),
        grade: GradeSchema,
        percent: z.number().openapi({ description: 'Percent of the whole exam that it brought.' }),
        of: z.number().openapi({ description: 'Percent that it could have brought.' }),
      }),
    ),
  })
  .openapi('ExamResult');
