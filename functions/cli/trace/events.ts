import type { EventsReport } from '../../client/service-api.ts';
import type { ServiceClient } from '../../client/service-client.ts';
import { EXIT, UsageError, type Given, type Terminal } from '../command.ts';
import { timeText } from './words.ts';

/** Events of one request. */
const PAGE = 10_000;
const USUAL_FIELDS = ['evt.time', 'container.id', 'proc.pid', 'proc.cmdline', 'evt.type', 'evt.res', 'fd.name'];

/** `creance trace events ID [CONDITION]`. */
export async function events(
  client: ServiceClient,
  words: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const [id, condition, ...others] = words;
  if (id === undefined || others.length > 0) {
    throw new UsageError("trace events ID 'CONDITION': one id, and one condition in quotes");
  }
  const asked = given.flags('fields').flatMap((list) => list.split(','));
  const fields = asked.length === 0 ? USUAL_FIELDS : asked;
  const most = numberFrom('limit', given.flag('limit')) ?? Infinity;
  let after: number | undefined = numberFrom('after', given.flag('after'));
  for (let told = 0; told < most;) {
    const limit = Math.min(PAGE, most - told);
    const report = await page(client, id, { filter: condition, fields, after, limit }, given.has('json'), terminal);
    told += report.events;
    for (const { severity, code, message } of report.diagnostics) terminal.note(`${severity}: ${message} [${code}]\n`);
    if (report.next === undefined) return report.diagnostics.some(isError) ? EXIT.UNREADABLE : EXIT.YES;
    after = report.next;
  }
  return EXIT.YES;
}

function isError({ severity }: EventsReport['diagnostics'][number]): boolean {
  return severity === 'error';
}

function numberFrom(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--${flag} is a number, not '${text}'`);
  return Number(text);
}

async function page(
  client: ServiceClient,
  id: string,
  {
    filter,
    fields,
    after,
    limit,
  }: { filter: string | undefined; fields: readonly string[]; after: number | undefined; limit: number },
  isJson: boolean,
  terminal: Terminal,
): Promise<EventsReport> {
  const answer = await client.open('GET /v1/traces/{id}/events', {
    params: { id },
    query: { filter, fields: fields.join(','), after, limit },
    accept: 'application/x-ndjson',
  });
  let report: EventsReport | undefined;
  for await (const lines of linesOf(answer)) {
    const ready: string[] = [];
    for (const line of lines) {
      if (line.startsWith('{"report":')) ({ report } = JSON.parse(line) as { report: EventsReport });
      else if (line.startsWith('{"problem":')) {
        throw new Error((JSON.parse(line) as { problem: { detail: string } }).problem.detail);
      } else ready.push(isJson ? line : lineText(line, fields));
    }
    if (ready.length > 0) await terminal.write(`${ready.join('\n')}\n`);
  }
  if (report === undefined) throw new Error('the answer broke off');
  return report;
}

async function* linesOf(answer: Response): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of answer.body ?? []) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
}

/** An event in one line, as `creance filter` prints it; numbers keep all their digits. */
function lineText(line: string, fields: readonly string[]): string {
  const exact = line.replaceAll(/:(-?\d{16,})(?=[,}])/g, ':"$1"');
  const event = JSON.parse(exact) as Record<string, unknown>;
  const texts = fields.map((field) => {
    const value = event[field];
    if (value === null || value === undefined) return '<NA>';
    if (field === 'evt.time') return timeText(String(value)).slice(11);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
  return [String(event['evt.num']), ...texts].join(' ');
}
