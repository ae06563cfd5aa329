import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serve } from '../../functions/node.ts';
import { LockedError } from '../../functions/store/persistence-lock.ts';
import { freePort } from '../bench/suite/free-port.ts';

const START = fileURLToPath(new URL('../../functions/start.ts', import.meta.url));
const TRACE = '{"section":1}\n';
const SLOW_MS = 180_000;

describe('npm start and serve', { timeout: SLOW_MS }, () => {
  it('share one store, never at the same time, and end without leaving anything behind', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'creance-start-'));
    const port = await freePort();

    const started = await start(port, directory);
    expect(started.output).toContain(`curl -sS http://127.0.0.1:${port}/v1/detect`);
    await upload(`http://127.0.0.1:${port}`, 'from-workerd');
    expect(await names(`http://127.0.0.1:${port}`)).toEqual(['from-workerd']);
    await expect(serve({ port: 0, directory, env: {} })).rejects.toThrow(LockedError);
    const second = await start(await freePort(), directory);
    expect(second).toMatchObject({ code: 1, output: expect.stringContaining('is in use by npm start') });
    await stop(started, directory);

    const service = await serve({ port: 0, directory, env: {} });
    expect(await names(service.url)).toEqual(['from-workerd']);
    await upload(service.url, 'from-node');
    expect(await start(port, directory)).toMatchObject({ code: 1 });
    await service.stop();

    const again = await start(port, directory);
    expect((await names(`http://127.0.0.1:${port}`)).toSorted()).toEqual(['from-node', 'from-workerd']);
    await stop(again, directory);
  });

  it('says so when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const directory = mkdtempSync(join(tmpdir(), 'creance-start-'));
    expect(await start(port, directory)).toMatchObject({
      code: 1,
      output: expect.stringContaining(`port ${port} is in use`),
    });
    await expect(serve({ port, directory, env: {} })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(join(directory, 'lock'))).toBe(false);
    other.close();
  });
});

interface Started {
  readonly child: ChildProcess;
  readonly output: string;
  /** The exit code of a start that failed. */
  readonly code: number | null;
}

/** Starts the service and waits until it invites to paste a command, or ends. */
async function start(port: number, directory: string): Promise<Started> {
  const child = spawn(process.execPath, [START, '--port', String(port), '--directory', directory]);
  let output = '';
  const ready = new Promise<void>((resolve) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('\nRULES\n')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => resolve());
  });
  await ready;
  return { child, output, code: child.exitCode };
}

/** Interrupts the service as Ctrl-C does, and waits for its end. */
async function stop({ child }: Started, directory: string): Promise<void> {
  const { processes } = JSON.parse(readFileSync(join(directory, 'lock'), 'utf8')) as { processes: { pid: number }[] };
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  // wrangler leads a group of its own, with workerd in it.
  const leaders = processes.map(({ pid }) => pid);
  expect(leaders).toEqual([child.pid, expect.any(Number)]);
  // A helper that was told to end may still be at it for a moment.
  await expect.poll(() => runningIn(leaders), { timeout: 5_000 }).toEqual([]);
  expect(existsSync(join(directory, 'lock'))).toBe(false);
}

/** Processes that run in one of these groups, as their command (proc(5)); one that has ended but is a zombie does not run. */
function runningIn(groups: readonly (number | undefined)[]): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .flatMap((name) => {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state !== 'Z' && [name, group].some((id) => groups.includes(Number(id))) ? [stat.slice(0, 40)] : [];
    });
}

async function upload(url: string, name: string): Promise<void> {
  const answer = await fetch(`${url}/v1/traces?name=${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: TRACE,
  });
  expect(answer.status).toBe(201);
}

async function names(url: string): Promise<string[]> {
  const { traces } = (await (await fetch(`${url}/v1/traces`)).json()) as { traces: { name: string }[] };
  return traces.map(({ name }) => name);
}
