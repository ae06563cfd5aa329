import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ServiceApi } from '../client/service-api.ts';
import type { ServiceClient } from '../client/service-client.ts';
import { EXIT, UnreadableError, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { reason } from './file-error.ts';
import { OutputFile } from './output-file.ts';
import { SERVER_FLAG, serviceOf } from './server-flag.ts';

const ENCODINGS = ['stored', 'scap', 'jsonl', 'compat'] as const;

const ACTIONS = ['put', 'list', 'show', 'events', 'label', 'get', 'rm'] as const;

/** `creance trace put|list|show|events|label|get|rm`. */
export const TRACE: Command = {
  name: 'trace',
  summary: 'send traces to a service, find them, see what is in them, label, fetch and delete them',
  usage: 'put FILE... | list | show ID | events ID [CONDITION] | label ID KEY=VALUE... | get ID | rm ID...',
  about:
    'Works on the traces that a service keeps. put prints the id of each trace; the same file under the same name gives the same trace, so it may be repeated. A large file goes in parts, straight to the store; when that is interrupted, put --resume goes on. list shows the newest first, or those that fit. show tells what a trace holds: time, hosts, containers, event types, gaps. events lists its events, as creance filter does of a file. label sets labels, KEY- takes one away. get writes the trace as it was stored, or converted, to a file or standard output.',
  words: [1, Infinity],
  flags: [
    SERVER_FLAG,
    {
      name: 'name',
      value: 'NAME',
      help: 'put: what to call it, the name of the file unless given; list: those called so, * for anything',
    },
    {
      name: 'label',
      value: 'KEY=VALUE',
      repeated: true,
      help: 'put: a label, such as kind=attack; list: those that have it, KEY alone for any value; may be given again',
    },
    { name: 'host', value: 'HOST', help: 'list: recorded on this host, * for anything' },
    { name: 'image', value: 'IMAGE', help: 'list: in which this image ran, * for anything' },
    {
      name: 'state',
      value: 'STATE',
      choices: ['open', 'pending', 'indexed', 'unreadable'],
      help: 'list: how far it is',
    },
    { name: 'since', value: 'TIME', help: 'list: with events since then: 24h, 7d, 2026-01-05, 2026-01-05T09:00:00Z' },
    { name: 'until', value: 'TIME', help: 'list: with events until then' },
    { name: 'oldest', help: 'list: the oldest first' },
    { name: 'fields', short: 'f', value: 'FIELD', multiple: true, help: 'events: what to show of each' },
    { name: 'limit', value: 'N', help: 'list, events: at most so many' },
    { name: 'after', value: 'NUMBER', help: 'events: those behind this evt.num' },
    { name: 'resume', value: 'UPLOAD', help: 'put: go on with an upload that was interrupted' },
    {
      name: 'as',
      value: 'FORM',
      choices: ENCODINGS,
      help: 'get: as it was stored, as scap or jsonl of today, or for old readers',
    },
    { name: 'output', short: 'o', value: 'FILE', help: 'get: where to write it, - for standard output' },
  ],
  examples: [
    ['trace put node-7.scap.gz --label kind=attack --label technique=T1059.004', 'prints its id'],
    ["trace list --label kind=attack --image 'nginx*' --since 7d", 'attacks on nginx of this week'],
    ['trace show 5f2b8c1d9e3a47608b1c2d3e4f506172', 'what it holds'],
    [
      "trace events 5f2b8c1d9e3a47608b1c2d3e4f506172 'evt.type=execve and container.id!=host' -f proc.cmdline",
      'programs started in containers',
    ],
    ['trace get 5f2b8c1d9e3a47608b1c2d3e4f506172 -o attack.scap.gz', 'byte for byte'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [action = '', ...words] = given.words;
  const work = await workOf(action);
  if (work === undefined) throw new UsageError(`trace ${action} is nothing: it is ${ACTIONS.join(', ')}`);
  const { ServiceError } = await import('../client/service-client.ts');
  try {
    return await work(serviceOf(given, process.env), words, given, terminal);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    terminal.note(`creance trace: ${error.message}\n`);
    return error.code === undefined ? EXIT.UNREADABLE : EXIT.NO;
  }
}

type ContentQuery = NonNullable<ServiceApi['GET /v1/traces/{id}/content']['request']['query']>;

type Work = (client: ServiceClient, words: readonly string[], given: Given, terminal: Terminal) => Promise<number>;

async function workOf(action: string): Promise<Work | undefined> {
  if (action === 'list') return (await import('./trace/list.ts')).list;
  if (action === 'show') return (await import('./trace/show.ts')).show;
  if (action === 'events') return (await import('./trace/events.ts')).events;
  if (action === 'label') return (await import('./trace/label.ts')).label;
  return { put, get, rm }[action];
}

async function put(client: ServiceClient, paths: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  if (paths.length === 0) throw new UsageError('trace put FILE: which file?');
  const [name, resume] = [given.flag('name'), given.flag('resume')];
  if (paths.length > 1 && (name ?? resume) !== undefined) {
    throw new UsageError('--name and --resume are for one file at a time');
  }
  const { putTrace } = await import('../client/put-trace.ts');
  const { labelsFrom } = await import('./trace/label-flag.ts');
  const labels = labelsFrom(given);
  for (const path of paths) {
    const file = await open(path).catch((error: unknown) => {
      throw new UnreadableError(`${path}: ${reason(error as NodeJS.ErrnoException)}`);
    });
    let upload: string | undefined;
    try {
      const { size } = await file.stat();
      const trace = await putTrace(client, file, {
        name: name ?? basename(path),
        labels,
        resume,
        onUpload: (id) => void (upload = id),
        onProgress: (bytes) => showProgress(terminal, path, bytes, size),
      });
      await terminal.write(given.has('json') ? `${JSON.stringify(trace)}\n` : `${trace.id}\n`);
    } catch (error) {
      if (upload !== undefined) terminal.note(`go on with: creance trace put --resume ${upload} ${path}\n`);
      throw error;
    } finally {
      await file.close();
    }
  }
  return EXIT.YES;
}

function showProgress(terminal: Terminal, path: string, bytes: number, size: number): void {
  if (!terminal.interactive) return;
  const share = Math.floor((bytes / size) * 100);
  terminal.note(bytes === size ? '\r\x1b[2K' : `\r\x1b[2K${path}: ${share} % sent`);
}

async function get(client: ServiceClient, ids: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0) throw new UsageError('trace get ID: one id, as trace list shows it');
  const output = given.flag('output');
  if (output === undefined) throw new UsageError('trace get needs -o FILE, or -o - for standard output');
  const as = given.flag('as') as ContentQuery['as'];
  const answer = await client.open('GET /v1/traces/{id}/content', { params: { id }, query: { as } });
  const target = new OutputFile(output, terminal, { gzip: false });
  const hash = createHash('sha256');
  // Only bytes as they were stored have a tag: their hash, but for a recording in segments.
  const expected = /^"([0-9a-f]{64})"$/.exec(answer.headers.get('etag') ?? '')?.[1];
  try {
    for await (const chunk of answer.body ?? []) {
      hash.update(chunk as Uint8Array);
      await target.write(chunk as Uint8Array);
    }
    if (expected !== undefined && hash.digest('hex') !== expected) throw new Error('its bytes are not those stored');
    await target.end();
  } catch (error) {
    target.abandon();
    throw new UnreadableError(`the trace did not arrive whole: ${(error as Error).message}`, { cause: error });
  }
  return EXIT.YES;
}

async function rm(client: ServiceClient, ids: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  if (ids.length === 0) throw new UsageError('trace rm ID: which trace?');
  for (const id of ids) {
    const gone = await client.call('DELETE /v1/traces/{id}', { params: { id } });
    await terminal.write(given.has('json') ? `${JSON.stringify(gone)}\n` : `deleted ${gone.id}\n`);
  }
  return EXIT.YES;
}
