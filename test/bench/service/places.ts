import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildSite, SITE_FOLDER } from '../../../functions/web/build-site.ts';
import { startWrangler } from '../../../functions/wrangler.ts';
import { freePort } from '../suite/free-port.ts';

/** A service that runs for a measurement. */
export interface Place {
  readonly url: string;
  /** Megabytes that its processes hold now. */
  memory(): number;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../../functions/cli/main.ts', import.meta.url));

/** The service on Node, with the embedded S3, in a process of its own. */
export async function onNode(directory: string): Promise<Place> {
  const words = [MAIN, 'serve', '--port', '0', '--directory', directory, '--json'];
  // As in a container: pages that were built before, since what builds them stays in memory.
  await buildSite();
  const env = { ...process.env, CREANCE_SITE: `${SITE_FOLDER}/.` };
  const child: ChildProcess = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const [line] = (await once(createInterface(child.stdout as never), 'line')) as [string];
  const pid = child.pid as number;
  return {
    url: (JSON.parse(line) as { url: string }).url,
    memory: () => residentOf([pid]),
    async stop() {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

/** The service under `wrangler dev`; what is measured is workerd, where the service and the embedded S3 run. */
export async function onWorkerd(directory: string): Promise<Place> {
  const port = await freePort();
  mkdirSync(directory, { recursive: true });
  await buildSite();
  const wrangler = startWrangler({ port, directory, external: undefined });
  if (!(await wrangler.answering)) throw new Error('wrangler dev did not start');
  return {
    url: `http://127.0.0.1:${port}`,
    memory: () => residentOf(inGroup(wrangler.pid, 'workerd')),
    stop: () => wrangler.stop(),
  };
}

/** Processes of a group that are called so (proc(5)). */
function inGroup(group: number, command: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const stat = textOf(`/proc/${name}/stat`);
      const [, , its] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(its) === group && stat.includes(`(${command})`);
    })
    .map(Number);
}

function residentOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`))?.[1];
    return sum + Number(kilobytes ?? 0) / 1_000;
  }, 0);
}

/** A file of `/proc`; empty when its process has just ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
