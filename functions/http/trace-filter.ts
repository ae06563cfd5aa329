import { z } from '@hono/zod-openapi';
import { MAX_NAME_CHARS } from '../../engine/model/limits.ts';
import type { CatalogueEntry } from '../store/catalogue.ts';
import { labelOf } from '../store/labels.ts';
import { Refusal } from './problem.ts';

const Pattern = z.string().min(1).max(MAX_NAME_CHARS);

/** What a list of traces may be asked for. */
export const FILTER_MEMBERS = {
  host: Pattern.optional().openapi({
    description: 'Name of a host that it was recorded on; `*` stands for any characters.',
    example: 'node-*',
  }),
  image: Pattern.optional().openapi({
    description: 'An image that ran in it, with its registry and path or without; `*` as above.',
    example: 'nginx:*',
  }),
  name: Pattern.optional().openapi({ description: 'What it is called; `*` as above.' }),
  state: z.enum(['open', 'pending', 'indexed', 'unreadable']).optional(),
  from: z.iso.datetime({ offset: true }).optional().openapi({
    description: 'Traces with events at this time or later; where the events are not known yet, those kept then.',
    example: '2026-01-05T00:00:00Z',
  }),
  to: z.iso
    .datetime({ offset: true })
    .optional()
    .openapi({ description: 'Traces with events at this time or before.' }),
};

/** What was asked for. */
export type TraceFilter = z.output<z.ZodObject<typeof FILTER_MEMBERS>>;

/**
 * What decides whether a trace is in a list.
 *
 * @param labels `key=value`, or `key` alone for any value; all of them must be there
 */
export function traceFilter(filter: TraceFilter, labels: readonly string[]): (entry: CatalogueEntry) => boolean {
  const { host, image, name, state, from, to } = filter;
  const wanted = labels.map((text) => labelOf(text) ?? ([text, undefined] as const));
  const [begin, end] = [nanoseconds(from), nanoseconds(to)];
  if (begin !== undefined && end !== undefined && begin > end) {
    throw new Refusal('INVALID_REQUEST', '/from is later than /to', {
      errors: [{ pointer: '/from', message: 'is later than to' }],
    });
  }
  return (entry) => {
    const { summary } = entry;
    const kept = nanoseconds(entry.createdAt) as bigint;
    const first = summary?.firstTime === undefined ? kept : BigInt(summary.firstTime);
    const last = summary?.lastTime === undefined ? kept : BigInt(summary.lastTime);
    return (
      (state === undefined || entry.state === state) &&
      (name === undefined || fits(entry.name, name)) &&
      (host === undefined || (summary?.hosts ?? []).some((one) => fits(one, host))) &&
      (image === undefined || (summary?.images ?? []).some((one) => fits(one, image) || fits(shortName(one), image))) &&
      (begin === undefined || last >= begin) &&
      (end === undefined || first <= end) &&
      wanted.every(([key, value]) => {
        const label = Object.hasOwn(entry.labels, key) ? entry.labels[key] : undefined;
        return label !== undefined && (value === undefined || label === value);
      })
    );
  };
}

/** The name of an image without its registry and path. */
function shortName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}

/** True when a text fits a pattern whose only sign is `*`. Takes time by the length of both, however they look. */
function fits(text: string, pattern: string): boolean {
  const [begin = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return text === pattern;
  if (!text.startsWith(begin) || text.length < begin.length + end.length || !text.endsWith(end)) return false;
  let at = begin.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - end.length) return false;
    at = found + part.length;
  }
  return true;
}

function nanoseconds(time: string | undefined): bigint | undefined {
  return time === undefined ? undefined : BigInt(Date.parse(time)) * 1_000_000n;
}
