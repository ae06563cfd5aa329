import { hasErrors } from '../../engine/model/diagnostic.ts';
import { CASE_FLAG } from './case-flag.ts';
import { EXIT, type Command, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { HOSTS_FLAG, hostsOf } from './hosts-file.ts';
import { TIMEZONE_FLAG, timezoneFrom } from './timezone-flag.ts';
import { traceOf, TRACE_FLAG } from './trace-flag.ts';

const DEFAULT_FIELDS = ['evt.time', 'container.id', 'proc.pid', 'proc.cmdline', 'evt.type', 'evt.res', 'fd.name'];

/** `creance filter -t TRACE CONDITION`. */
export const FILTER: Command = {
  name: 'filter',
  summary: 'list the events of a trace that match a condition',
  usage: '-t TRACE CONDITION',
  about:
    'Runs one condition over a trace and prints each event that matches, with the fields asked by -f. Macros and lists of rule files are not known here. With --json one object a line: evt.num and the fields, typed as in the JSON of Falco.',
  words: [1, 1],
  flags: [
    TRACE_FLAG,
    CASE_FLAG,
    { name: 'fields', short: 'f', value: 'FIELD', multiple: true, help: `what to show (${DEFAULT_FIELDS.join(' ')})` },
    HOSTS_FLAG,
    TIMEZONE_FLAG,
  ],
  examples: [
    ["filter -t attack.scap.gz 'evt.type=execve and container.id!=host'", 'programs started in containers'],
    ["filter -t attack.scap.gz 'fd.name startswith /etc' -f proc.cmdline fd.name", 'who touched /etc'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const path = traceOf(given);
  const { Filtering, readQuery } = await import('../../engine/filter.ts');
  const { jsonObject, jsonText } = await import('../../engine/output/json-text.ts');
  const { openTrace } = await import('./trace-feed.ts');
  const asked = given.flags('fields').flatMap((list) => list.split(','));
  const { query, diagnostics } = readQuery(given.words[0] as string, asked.length === 0 ? DEFAULT_FIELDS : asked);
  reportDiagnostics(diagnostics, terminal);
  if (query === undefined) return EXIT.NO;
  const trace = openTrace(path, given, terminal);
  let lines: string[] = [];
  const json = given.has('json');
  const filtering = new Filtering(query, {
    hosts: new Map([...trace.hosts, ...hostsOf(given, terminal)]),
    timezone: timezoneFrom(given),
    onEvent({ number, values, texts }) {
      if (!json) lines.push([String(number), ...texts.values()].join(' '));
      else {
        const members = [...values].map(([name, value]) => [name, jsonText(value)] as const);
        lines.push(jsonObject(new Map([['evt.num', String(number)], ...members])));
      }
    },
  });
  const found = await trace.feed(filtering, async () => {
    const ready = lines;
    lines = [];
    if (ready.length > 0) await terminal.write(`${ready.join('\n')}\n`);
  });
  reportDiagnostics(found, terminal);
  return hasErrors(found) ? EXIT.UNREADABLE : EXIT.YES;
}
