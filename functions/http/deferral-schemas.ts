import { z } from '@hono/zod-openapi';
import { MAX_DETECT_EVENTS, MAX_DETECT_TRACE_BYTES } from '../../engine/model/limits.ts';
import { RunSchema } from './run-view.ts';

/** What a request says that is to be answered by a run. */
export const DEFERRABLE = {
  query: z.object({
    deliver: z.string().optional().openapi({
      description:
        'The name of a webhook that is told when the answer is there; may come several times. The answer comes from a run.',
    }),
  }),
  headers: z.object({
    prefer: z.string().optional().openapi({
      description: '`respond-async` (RFC 7240): the answer comes from a run.',
      example: 'respond-async',
    }),
  }),
};

/** The answer to a request that is answered by a run. */
export const DEFERRED = {
  description: `A run works on the answer, because that was asked for, or because the trace has more than ${MAX_DETECT_TRACE_BYTES / 1_048_576} MiB or, by its index, ${MAX_DETECT_EVENTS / 1_000_000} million events. It is in \`Location\`; once it is done, its answer is at \`/v1/runs/{id}/answer\`. A capture that came with the request is kept as a trace then, which needs a token with the scope \`write\`; without it the request is answered at once.`,
  content: { 'application/json': { schema: RunSchema } },
};
