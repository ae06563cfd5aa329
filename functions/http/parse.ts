import type { z } from '@hono/zod-openapi';
import { nearest } from '../../engine/model/nearest.ts';
import { Refusal } from './problem.ts';

/** Checks members against a schema; refuses with every field that doesn't fit. */
export function parse<Schema extends z.ZodObject>(schema: Schema, members: unknown): z.output<Schema> {
  const result = schema.safeParse(members);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => messagesOf(issue, Object.keys(schema.shape)));
  const [first] = errors;
  const where = first === undefined || first.pointer === '' ? 'the request' : first.pointer;
  throw new Refusal('INVALID_REQUEST', `${where}: ${first?.message ?? 'does not fit'}`, { errors });
}

interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

function messagesOf(issue: z.core.$ZodIssue, known: readonly string[]): FieldError[] {
  const at = issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (issue.code !== 'unrecognized_keys') return [{ pointer: at, message: issue.message }];
  return issue.keys.map((key) => {
    const close = issue.path.length === 0 ? nearest(key, known) : undefined;
    const hint = close === undefined ? '' : `, did you mean ${close}?`;
    return { pointer: `${at}/${key}`, message: `is not known here${hint}` };
  });
}
