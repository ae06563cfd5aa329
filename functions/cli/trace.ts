import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RemoteTrace } from '../client/put-trace.ts';
import type { ServiceClient } from '../client/service-client.ts';
import { EXIT, UnreadableError, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { reason } from './file-error.ts';
import { OutputFile } from './output-file.ts';
import { SERVER_FLAG, serviceOf } from './server-flag.ts';

const ENCODINGS = ['stored', 'scap', 'jsonl', 'compat'] as const;
const PAGE = 100;

/** `creance trace put|get|list|rm`. */
export const TRACE: Command = {
  name: 'trace',
  summary: 'send traces to a service, list, fetch and delete them',
  usage: 'put FILE... | list | get ID | rm ID...',
  about:
    'Works on the traces that a service keeps. put prints the id of each trace; the same file under the same name gives the same trace, so it may be repeated. A large file goes in parts, straight to the store; when that is interrupted, put --resume goes on. get writes the trace as it was stored, or converted, to a file or standard output.',
  words: [1, Infinity],
  flags: [
    SERVER_FLAG,
    { name: 'name', value: 'NAME', help: 'put: what to call it, the name of the file unless given' },
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
    ['trace put node-7.scap.gz', 'prints its id'],
    ['trace list --server https://creance.example', 'all of them'],
    ['trace get 5f2b8c1d9e3a47608b1c2d3e4f506172 -o attack.scap.gz', 'byte for byte'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [action = '', ...words] = given.words;
  const work = { put, list, get, rm }[action];
  if (work === undefined) throw new UsageError(`trace ${action} is nothing: it is put, list, get, rm`);
  const { ServiceError } = await import('../client/service-client.ts');
  try {
    return await work(serviceOf(given, process.env), words, given, terminal);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    terminal.note(`creance trace: ${error.message}\n`);
    return error.code === undefined ? EXIT.UNREADABLE : EXIT.NO;
  }
}

async function put(client: ServiceClient, paths: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  if (paths.length === 0) throw new UsageError('trace put FILE: which file?');
  const [name, resume] = [given.flag('name'), given.flag('resume')];
  if (paths.length > 1 && (name ?? resume) !== undefined) {
    throw new UsageError('--name and --resume are for one file at a time');
  }
  const { putTrace } = await import('../client/put-trace.ts');
  for (const path of paths) {
    const file = await open(path).catch((error: unknown) => {
      throw new UnreadableError(`${path}: ${reason(error as NodeJS.ErrnoException)}`);
    });
    let upload: string | undefined;
    try {
      const { size } = await file.stat();
      const trace = await putTrace(client, file, {
        name: name ?? basename(path),
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

async function list(client: ServiceClient, _: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  for (let after: string | undefined, more = true; more;) {
    const query = { limit: String(PAGE), after };
    const page = await client.json<{ traces: RemoteTrace[]; next?: string }>('GET', '/v1/traces', { query });
    for (const trace of page.traces) {
      await terminal.write(given.has('json') ? `${JSON.stringify(trace)}\n` : `${line(trace)}\n`);
    }
    after = page.next;
    more = after !== undefined;
  }
  return EXIT.YES;
}

function line({ id, createdAt, size, encoding, name }: RemoteTrace): string {
  const day = createdAt.slice(0, 16).replace('T', ' ');
  return `${id}  ${day}  ${sizeText(size).padStart(9)}  ${encoding.padEnd(8)}  ${name}`;
}

function sizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

async function get(client: ServiceClient, ids: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0) throw new UsageError('trace get ID: one id, as trace list shows it');
  const output = given.flag('output');
  if (output === undefined) throw new UsageError('trace get needs -o FILE, or -o - for standard output');
  const path = `/v1/traces/${encodeURIComponent(id)}/content`;
  const answer = await client.request('GET', path, { query: { as: given.flag('as') } });
  const target = new OutputFile(output, terminal, { gzip: false });
  const hash = createHash('sha256');
  // Only bytes as they were stored have a tag: their hash.
  const expected = answer.headers.get('etag')?.slice(1, -1);
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
    const gone = await client.json<{ id: string; size: number }>('DELETE', `/v1/traces/${encodeURIComponent(id)}`);
    await terminal.write(given.has('json') ? `${JSON.stringify(gone)}\n` : `deleted ${gone.id}\n`);
  }
  return EXIT.YES;
}
