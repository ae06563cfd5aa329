import { z } from '@hono/zod-openapi';
import { TraceId } from './schemas.ts';

const Nanoseconds = z.string().openapi({
  description: 'Nanoseconds since the epoch, as decimal digits.',
  example: '1767603600003820000',
});
const Gap = z
  .object({
    reason: z.enum(['dropped', 'cut', 'missing']).openapi({
      description:
        '`dropped`: the recorder lost events and says so; `cut`: the file is damaged or ends too early; `missing`: a segment never came.',
    }),
    time: Nanoseconds.optional(),
    segment: z.number().int(),
    detail: z.string(),
  })
  .openapi('TraceGap');

/** What a trace holds. */
export const TraceIndexSchema = z
  .object({
    format: z.literal(1),
    id: TraceId,
    events: z.number().int(),
    firstTime: Nanoseconds.optional(),
    lastTime: Nanoseconds.optional(),
    hosts: z.array(z.string()),
    images: z.array(z.string()),
    containers: z.array(z.object({ id: z.string(), name: z.string().optional(), image: z.string().optional() })),
    types: z.record(z.string(), z.number().int()).openapi({ description: 'Events by `evt.type`.' }),
    segments: z.array(
      z.object({
        sequence: z.number().int(),
        firstEvent: z.number().int().openapi({ description: 'The `evt.num` of its first event.' }),
        events: z.number().int(),
        firstTime: Nanoseconds.optional(),
        lastTime: Nanoseconds.optional(),
      }),
    ),
    gaps: z.array(Gap),
    gapCount: z.number().int().openapi({ description: 'All of them, also those that the list has no room for.' }),
    diagnostics: z.array(
      z.object({
        segment: z.number().int(),
        code: z.string(),
        severity: z.string(),
        message: z.string(),
        byteOffset: z.number().int().optional(),
      }),
    ),
    unreadable: z.string().optional(),
  })
  .openapi('TraceIndex');
