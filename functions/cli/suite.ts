import { open } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import type { SuiteReport } from '../../engine/suite/result.ts';
import type { ServiceClient } from '../client/service-client.ts';
import type { Run, ServiceApi } from '../client/service-api.ts';
import type { BaselineDifference } from '../runs/run.ts';
import { EXIT, UnreadableError, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { readSource } from './rule-files.ts';
import { SERVER_FLAG, serviceOf } from './server-flag.ts';

const TRACE = /\.(scap|jsonl)(\.gz)?$/;

/** `creance suite put|run|accept|cancel|retry|history`. */
export const SUITE: Command = {
  name: 'suite',
  summary: 'keep suites of tests at a service and run them there',
  usage: 'put NAME FOLDER | run NAME | accept|cancel|retry RUN | history NAME',
  about:
    'put sends the YAML files of a folder (test files with the rules and scenarios they name) and its traces, and keeps them as the next version of a suite. run runs it; with --wait it waits, prints the report and what changed since the run that was accepted last, and ends with 1 unless all tests pass. accept makes a run the one to compare with. cancel ends a run; retry runs the parts of one again that failed or were not begun. history tells how the suite fared over time.',
  words: [1, 3],
  flags: [
    SERVER_FLAG,
    {
      name: 'ruleset',
      value: 'NAME',
      help: 'run: a rule set of the service, in place of the rules that test files name',
    },
    { name: 'attempt', value: 'N', help: 'run: run the same again, under another number' },
    { name: 'wait', help: 'run: wait for the end and report' },
    { name: 'junit', value: 'FILE', help: 'run --wait: write a JUnit report there too' },
    { name: 'markdown', value: 'FILE', help: 'run --wait: write a report for a pull request there too' },
  ],
  examples: [
    ['suite put node-attacks scenarios', 'a folder as a suite'],
    ['suite run node-attacks --wait --junit report.xml', 'in a pipeline'],
    ['suite history node-attacks', 'how it fared'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [action = '', ...words] = given.words;
  const work = { put, run: runSuite, accept, cancel: change, retry: change, history }[action];
  if (work === undefined)
    throw new UsageError(`suite ${action} is nothing: it is put, run, accept, cancel, retry, history`);
  const { ServiceError } = await import('../client/service-client.ts');
  try {
    return await work(serviceOf(given, process.env), words, given, terminal);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    terminal.note(`creance suite: ${error.message}\n`);
    return error.code === undefined ? EXIT.UNREADABLE : EXIT.NO;
  }
}

async function put(client: ServiceClient, words: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  const [name, folder] = words;
  if (name === undefined || folder === undefined) throw new UsageError('suite put NAME FOLDER: which folder?');
  const { filesBelow, kindOf } = await import('./verify/disk-files.ts');
  if (kindOf(folder) !== 'folder') throw new UnreadableError(`${folder}: no such folder`);
  const paths = filesBelow(folder);
  const files = paths
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => ({ name: nameIn(folder, path), text: readSource(path).text }));
  if (!files.some((file) => /\.test\.ya?ml$/.test(file.name))) {
    throw new UnreadableError(`${folder}: no *.test.yaml in this folder or below`);
  }
  const traces = await sendTraces(
    client,
    folder,
    paths.filter((path) => TRACE.test(path)),
  );
  const { version } = await client.call('PUT /v1/suites/{name}', { params: { name }, body: { files, traces } });
  const told = { name, version, files: files.length, traces: Object.keys(traces).length };
  if (given.has('json')) await terminal.write(`${JSON.stringify(told)}\n`);
  else await terminal.write(`${name} version ${version}: ${told.files} files, ${told.traces} traces\n`);
  return EXIT.YES;
}

async function sendTraces(
  client: ServiceClient,
  folder: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { putTrace } = await import('../client/put-trace.ts');
  const traces: Record<string, string> = {};
  for (const path of paths) {
    const file = await open(path);
    try {
      traces[nameIn(folder, path)] = (await putTrace(client, file, { name: basename(path) })).id;
    } finally {
      await file.close();
    }
  }
  return traces;
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).replaceAll('\\', '/');
}

async function runSuite(
  client: ServiceClient,
  words: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const [name] = words;
  if (name === undefined) throw new UsageError('suite run NAME: which suite?');
  const { waitForRun } = await import('../client/wait-for-run.ts');
  const attempt = given.flag('attempt');
  if (attempt !== undefined && !/^[1-9]\d{0,2}$/.test(attempt)) {
    throw new UsageError(`--attempt is a number from 1 to 999, not '${attempt}'`);
  }
  const begun = await client.call('POST /v1/runs', {
    body: {
      suite: name,
      ruleset: given.flag('ruleset'),
      attempt: attempt === undefined ? undefined : Number(attempt),
    },
  });
  if (!given.has('wait')) {
    await terminal.write(given.has('json') ? `${JSON.stringify(begun)}\n` : `${begun.id}\n`);
    return EXIT.YES;
  }
  const ended = await waitForRun(client, begun, (now) => showProgress(terminal, now));
  if (terminal.interactive) terminal.note('\r\x1b[2K');
  if (ended.state === 'cancelled') {
    terminal.note(`creance suite: the run ${ended.id} was cancelled\n`);
    return EXIT.NO;
  }
  if (ended.state === 'failed') {
    terminal.note(`creance suite: parts of the run ${ended.id} failed\n`);
    for (const { shard, tries, reason } of ended.failures) {
      terminal.note(`  part ${shard + 1} of ${ended.shards.total}, after ${tries} tries: ${reason}\n`);
    }
    terminal.note(`try them again: creance suite retry ${ended.id}\n`);
    return EXIT.NO;
  }
  return report(client, ended, given, terminal);
}

function showProgress(terminal: Terminal, { suite, shards }: Run): void {
  if (terminal.interactive) terminal.note(`\r\x1b[2K${suite}: ${shards.done} of ${shards.total} shards`);
}

async function report(client: ServiceClient, { id }: Run, given: Given, terminal: Terminal): Promise<number> {
  const reportAs = async (accept: ServiceApi['GET /v1/runs/{id}/report']['accept']): Promise<string> =>
    (await client.open('GET /v1/runs/{id}/report', { params: { id }, accept })).text();
  const { writeFile } = await import('./verify/write-reports.ts');
  const { reportText } = await import('./verify/report-text.ts');
  const text = await reportAs('application/json');
  const { report: tests, difference } = JSON.parse(text) as { report: SuiteReport; difference?: BaselineDifference };
  const [junit, markdown] = [given.flag('junit'), given.flag('markdown')];
  if (junit !== undefined) await writeFile(junit, await reportAs('application/junit+xml'), terminal);
  if (markdown !== undefined) await writeFile(markdown, await reportAs('text/markdown'), terminal);
  if (given.has('json')) await terminal.write(text);
  else {
    await terminal.write(reportText(tests, { color: terminal.color, coverage: false, verbose: false }));
    await terminal.write(differenceText(id, difference));
  }
  return tests.failed + tests.errors === 0 ? EXIT.YES : EXIT.NO;
}

function differenceText(id: string, difference: BaselineDifference | undefined): string {
  if (difference === undefined) return `run ${id}; no run of this suite was accepted yet: creance suite accept ${id}\n`;
  const { run: accepted, broken, mended, alerts } = difference;
  const lines = [
    `run ${id}, compared with ${accepted}: ${broken.length} tests broken, ${mended.length} mended`,
    ...broken.map((test) => `  broken  ${test}`),
    ...mended.map((test) => `  mended  ${test}`),
    ...alerts.map(({ test, rule, before, after }) => `  alerts  ${test}: ${rule} ${before} -> ${after}`),
  ];
  return `${lines.join('\n')}\n`;
}

async function change(
  client: ServiceClient,
  words: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const [action] = given.words;
  const [id] = words;
  if (id === undefined) throw new UsageError(`suite ${String(action)} RUN: which run?`);
  const route = action === 'cancel' ? 'POST /v1/runs/{id}/cancel' : 'POST /v1/runs/{id}/retry';
  const run = await client.call(route, { params: { id } });
  await terminal.write(given.has('json') ? `${JSON.stringify(run)}\n` : `${run.id} is ${run.state}\n`);
  return EXIT.YES;
}

async function history(
  client: ServiceClient,
  words: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const [name] = words;
  if (name === undefined) throw new UsageError('suite history NAME: which suite?');
  const { runs } = await client.call('GET /v1/suites/{suite}/runs', { params: { suite: name } });
  if (given.has('json')) await terminal.write(`${JSON.stringify({ runs })}\n`);
  for (const { run, createdAt, version, passed, failed, errors, tests } of given.has('json') ? [] : runs) {
    const counts = `${passed} of ${tests} passed, ${failed} failed, ${errors} errors`;
    await terminal.write(`${createdAt.slice(0, 16).replace('T', ' ')}  version ${version}  ${counts}  ${run}\n`);
  }
  return EXIT.YES;
}

async function accept(
  client: ServiceClient,
  words: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const [id] = words;
  if (id === undefined) throw new UsageError('suite accept RUN: which run?');
  const accepted = await client.call('POST /v1/runs/{id}/accept', { params: { id } });
  await terminal.write(given.has('json') ? `${JSON.stringify(accepted)}\n` : `accepted ${accepted.id}\n`);
  return EXIT.YES;
}
