import type { z } from '@hono/zod-openapi';
import { MAX_REQUEST_BYTES } from '../../engine/model/limits.ts';
import { parse } from './parse.ts';
import { Refusal } from './problem.ts';
import { bodyOf, mediaTypeOf, textOf } from './request-body.ts';

/** Reads a body that is JSON and nothing else, and checks it against a schema. */
export async function readJson<Schema extends z.ZodObject>(
  request: Request,
  schema: Schema,
  maxBytes = MAX_REQUEST_BYTES,
): Promise<z.output<Schema>> {
  const type = mediaTypeOf(request);
  if (type !== 'application/json') {
    const what = type === '' ? 'the body has no Content-Type' : `the body is ${type}`;
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', what, { hint: 'send application/json' });
  }
  return parse(schema, jsonOf(await textOf(bodyOf(request, maxBytes), 'the body')));
}

/** A text as JSON; refuses one that is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('MALFORMED_JSON', `the body is not JSON: ${(error as Error).message}`);
  }
}
