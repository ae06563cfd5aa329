import type { ServiceApi, Trace } from '../../client/service-api.ts';
import type { ServiceClient } from '../../client/service-client.ts';
import { EXIT, UsageError, type Given, type Terminal } from '../command.ts';
import { paintFor, type Paint } from '../paint.ts';
import { countText, labelsText, sizeText, someOf } from './words.ts';

const PAGE = 100;
const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const SPACE = '  ';

type Filter = NonNullable<ServiceApi['GET /v1/traces']['request']['query']>;

/** `creance trace list`. */
export async function list(
  client: ServiceClient,
  words: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  if (words.length > 0) throw new UsageError(`trace list takes no words, as '${words[0]}': use --name, --label, ...`);
  const most = mostOf(given.flag('limit'));
  const filter: Filter = {
    label: given.flags('label'),
    host: given.flag('host'),
    image: given.flag('image'),
    name: given.flag('name'),
    state: given.flag('state') as Filter['state'],
    from: timeFrom('since', given.flag('since')),
    to: timeFrom('until', given.flag('until')),
    order: given.has('oldest') ? 'oldest' : 'newest',
  };
  const paint = paintFor(terminal.color);
  let told = 0;
  for (let after: string | undefined, more = true; more;) {
    const query = { ...filter, limit: Math.min(PAGE, most - told), after };
    const page = await client.call('GET /v1/traces', { query });
    if (given.has('json')) {
      for (const trace of page.traces) await terminal.write(`${JSON.stringify(trace)}\n`);
    } else if (page.traces.length > 0) await terminal.write(tableText(page.traces, paint));
    told += page.traces.length;
    after = page.next;
    more = after !== undefined && told < most;
  }
  if (told === 0) terminal.note('no trace fits\n');
  return EXIT.YES;
}

function mostOf(limit: string | undefined): number {
  if (limit === undefined) return Infinity;
  if (!/^[1-9]\d{0,8}$/.test(limit)) throw new UsageError(`--limit is a number, not '${limit}'`);
  return Number(limit);
}

/** A time as people give it: how long ago, or a day, or a time of RFC 3339. */
function timeFrom(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ago = /^(\d{1,6})([mhd])$/.exec(text);
  if (ago !== null) return new Date(Date.now() - Number(ago[1]) * (UNIT_MS[ago[2] as string] as number)).toISOString();
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(day) ? Date.parse(day) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new UsageError(`--${flag} is 24h, 7d, 2026-01-05 or 2026-01-05T09:00:00Z, not '${text}'`);
}

/** The traces of one page as a table; widths are those of the page. */
function tableText(traces: readonly Trace[], paint: Paint): string {
  const rows = traces.map((trace) => [
    trace.id,
    trace.createdAt.slice(0, 16).replace('T', ' '),
    trace.state === 'open' ? '' : sizeText(trace.size),
    trace.summary === undefined ? '' : `${countText(trace.summary.events)} events`,
    trace.state,
    someOf(trace.summary?.hosts ?? [], 1),
    labelsText(trace.labels),
    trace.name,
  ]);
  const widths = (rows[0] as string[]).map((_, n) => Math.max(...rows.map((row) => (row[n] as string).length)));
  const lines = rows.map((row) => {
    const cells = row.map((cell, n) => {
      const width = widths[n] as number;
      const last = n === row.length - 1;
      const padded = n === 2 || n === 3 ? cell.padStart(width) : last ? cell : cell.padEnd(width);
      return n === 4 && cell !== 'indexed' ? paint(cell === 'unreadable' ? 'red' : 'yellow', padded) : padded;
    });
    // A column that is empty on the whole page is left out.
    return cells
      .filter((_, n) => (widths[n] as number) > 0)
      .join(SPACE)
      .trimEnd();
  });
  return `${lines.join('\n')}\n`;
}
