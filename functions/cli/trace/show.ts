import type { Trace, TraceIndex } from '../../client/service-api.ts';
import { ServiceError, type ServiceClient } from '../../client/service-client.ts';
import { EXIT, UsageError, type Given, type Terminal } from '../command.ts';
import { paintFor, type Paint } from '../paint.ts';
import { countText, durationText, labelsText, sizeText, someOf, timeText } from './words.ts';

/** Rows of each list that are shown; --json has all of them. */
const MOST_ROWS = 20;
const COLUMN = 12;

/** `creance trace show ID`. */
export async function show(
  client: ServiceClient,
  ids: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0) throw new UsageError('trace show ID: one id, as trace list shows it');
  const trace = await client.call('GET /v1/traces/{id}', { params: { id } });
  const index = await indexOf(client, id);
  if (given.has('json')) await terminal.write(`${JSON.stringify({ ...trace, index })}\n`);
  else await terminal.write(traceText(trace, index, paintFor(terminal.color)));
  return trace.state === 'unreadable' ? EXIT.NO : EXIT.YES;
}

async function indexOf(client: ServiceClient, id: string): Promise<TraceIndex | undefined> {
  try {
    return await client.call('GET /v1/traces/{id}/index', { params: { id } });
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'TRACE_NOT_INDEXED') return undefined;
    throw error;
  }
}

function traceText(trace: Trace, index: TraceIndex | undefined, paint: Paint): string {
  const labels = labelsText(trace.labels);
  const lines = [
    paint('bold', trace.name),
    row('id', trace.id),
    row('kept', `${trace.createdAt.slice(0, 16).replace('T', ' ')}, ${sizeText(trace.size)}, ${trace.encoding}`),
    ...(labels === '' ? [] : [row('labels', labels)]),
    row('state', stateText(trace)),
    ...(index === undefined ? [] : indexLines(index, paint)),
  ];
  return `${lines.join('\n')}\n`;
}

function stateText({ state, reason }: Trace): string {
  if (state === 'unreadable') return `unreadable: ${reason}`;
  if (state === 'open') return 'open: the recording goes on';
  return state === 'pending' ? 'pending: it is being read' : 'indexed';
}

function indexLines(index: TraceIndex, paint: Paint): string[] {
  const { firstTime, lastTime, events, hosts, containers, types, segments, gaps, gapCount, diagnostics } = index;
  const time =
    firstTime === undefined || lastTime === undefined
      ? []
      : [row('time', `${timeText(firstTime)} to ${timeText(lastTime)} UTC, ${durationText(firstTime, lastTime)}`)];
  const byCount = Object.entries(types).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const wide = Math.max(0, ...containers.slice(0, MOST_ROWS).map(({ name = '' }) => name.length));
  return [
    ...time,
    row('events', `${countText(events)}${segments.length > 1 ? ` in ${segments.length} segments` : ''}`),
    ...(hosts.length === 0 ? [] : [row(hosts.length === 1 ? 'host' : 'hosts', someOf(hosts, MOST_ROWS))]),
    ...table(
      'containers',
      containers.map(({ id, name = '', image = '' }) => `${id}  ${name.padEnd(wide)}  ${image}`.trimEnd()),
      paint,
    ),
    ...table(
      'event types',
      byCount.map(([name, count]) => `${countText(count).padStart(11)}  ${name}`),
      paint,
    ),
    ...(gapCount === 0
      ? [row('gaps', 'none')]
      : table(
          'gaps',
          gaps.map(({ reason, time: at, segment, detail }) => {
            const where = segments.length > 1 || reason === 'missing' ? `segment ${segment}, ` : '';
            return `${paint('yellow', reason)}  ${where}${at === undefined ? '' : `${timeText(at)}, `}${detail}`;
          }),
          paint,
          gapCount,
        )),
    ...table(
      'reader',
      diagnostics.map(({ severity, code, message }) => `${severity}  ${message} [${code}]`),
      paint,
    ),
  ];
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(COLUMN)}${text}`;
}

function table(name: string, rows: readonly string[], paint: Paint, count = rows.length): string[] {
  if (count === 0) return [];
  const shown = rows.slice(0, MOST_ROWS);
  const left = count - shown.length;
  return [
    row(name, countText(count)),
    ...shown.map((text) => `    ${text}`),
    ...(left > 0 ? [paint('dim', `    and ${countText(left)} more: --json shows them`)] : []),
  ];
}
