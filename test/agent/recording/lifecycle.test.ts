import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { selectionText } from '../../../agent/loader-process.ts';
import type { Manifest } from '../../../agent/segments/manifest.ts';
import { total } from '../../../agent/stream/stats.ts';
import { CATEGORIES } from '../../../agent/table/row.ts';
import { paramOf, readCapture } from './capture.ts';
import { describeRecording, inFolder, LOADER, recordingTo } from './recorder.ts';

const MAIN = fileURLToPath(new URL('../../../functions/cli/main.ts', import.meta.url));
const OPENAT = 257;
const EXECVE = 59;

/** Opens files that are not there, each by a name of its own. */
function openMarks(folder: string, from: number, count: number): void {
  const script = `for (let i = ${from}; i < ${from + count}; i++) try { require('fs').openSync(${JSON.stringify(folder)} + '/mark-' + i) } catch {}`;
  execFileSync(process.execPath, ['-e', script]);
}

/** Two system calls for each of many bytes. */
function copyBytes(count: number): void {
  execFileSync('dd', ['if=/dev/zero', 'of=/dev/null', 'bs=1', `count=${count}`], { stdio: 'ignore' });
}

/** How often each mark was opened, by all captures of a folder. */
function marksIn(folder: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of readdirSync(folder).filter((file) => /\.scap(\.gz)?$/.test(file))) {
    for (const event of readCapture(join(folder, name), ({ info }) => info.name === 'openat').events) {
      const path = String(paramOf(event, 'name'));
      if (path.includes('/mark-')) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  return counts;
}

describeRecording('a recording', () => {
  it('accounts for every call when it is stopped', async () => {
    await inFolder(async (folder) => {
      const recording = recordingTo(folder);
      await recording.start();
      openMarks(folder, 0, 500);
      const { events, stats, segments, gaps } = await recording.stop();
      expect(gaps).toEqual([]);
      for (const category of CATEGORIES) {
        expect(stats?.seen[category]).toBe((stats?.sent[category] ?? 0) + (stats?.dropped[category] ?? 0));
      }
      expect(events).toBe(stats?.received);
      expect(stats === undefined ? 0 : total(stats.sent)).toBe(stats?.received);
      expect(segments.map(({ complete }) => complete)).toEqual([true]);
      expect([...marksIn(folder).values()]).toEqual(Array.from({ length: 500 }, () => 1));
    });
  });

  it('counts what did not fit into the ring, and says so in the capture', async () => {
    await inFolder(async (folder) => {
      const output = join(folder, 'lossy.scap');
      const recording = recordingTo(output, { ringBytes: 64 * 1024 });
      await recording.start();
      const pid = loaderPid();
      process.kill(pid, 'SIGSTOP');
      copyBytes(100_000);
      process.kill(pid, 'SIGCONT');
      const { stats, gaps } = await recording.stop();
      const dropped = stats === undefined ? 0 : total(stats.dropped);
      expect(dropped).toBeGreaterThan(100_000);
      expect(stats === undefined ? 0 : total(stats.seen)).toBe((stats?.received ?? 0) + dropped);
      const lost = gaps.map((gap) => (gap.lost === undefined ? 0 : total(gap.lost)));
      expect(lost.reduce((sum, count) => sum + count, 0)).toBe(dropped);
      const capture = readCapture(output, ({ info }) => info.name === 'notification');
      expect(capture.diagnostics).toEqual([]);
      expect(capture.events.map((event) => paramOf(event, 'id'))).toEqual(gaps.map(() => 'creance.gap'));
    });
  });

  it('stays valid when its loader is killed, and tells of the gap', async () => {
    await inFolder(async (folder) => {
      const recording = recordingTo(folder);
      await recording.start();
      openMarks(folder, 0, 100);
      process.kill(loaderPid(), 'SIGKILL');
      await recording.ended();
      const { gaps, segments } = await recording.stop();
      expect(gaps.map(({ reason, lost }) => [reason, lost])).toEqual([['recorder ended', undefined]]);
      expect(segments.map(({ complete }) => complete)).toEqual([false]);
      const capture = readCapture(join(folder, segments[0]?.file ?? ''));
      expect(capture.diagnostics).toEqual([]);
      expect(capture.events.at(-1)?.info.name).toBe('notification');
    });
  });

  it('goes on after its loader was killed, in a segment of its own', async () => {
    await inFolder(async (folder) => {
      const agent = startAgent(folder);
      await agent.ready(1);
      process.kill(loaderPid(), 'SIGKILL');
      await agent.ready(2);
      openMarks(folder, 0, 50);
      agent.process.kill('SIGTERM');
      const [code] = (await once(agent.process, 'close')) as [number];
      expect(code).toBe(1);
      expect(manifestsIn(folder).map(({ complete }) => complete)).toEqual([false, true]);
      expect([...marksIn(folder).values()]).toEqual(Array.from({ length: 50 }, () => 1));
    });
  });

  it('leaves what it had when the agent itself is killed, and no loader behind', async () => {
    await inFolder(async (folder) => {
      const agent = startAgent(folder);
      await agent.ready(1);
      openMarks(folder, 0, 100);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const loader = loaderPid();
      agent.process.kill('SIGKILL');
      await once(agent.process, 'close');
      await expect.poll(() => existsSync(`/proc/${loader}`), { timeout: 5000 }).toBe(false);
      const next = startAgent(folder);
      await next.ready(1);
      next.process.kill('SIGTERM');
      await once(next.process, 'close');
      expect([...marksIn(folder).values()]).toEqual(Array.from({ length: 100 }, () => 1));
      expect(manifestsIn(folder).map(({ complete }) => complete)).toEqual([false, true]);
      expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
    });
  });

  it('is cut into segments that each know the machine, and loses nothing between them', async () => {
    await inFolder(async (folder) => {
      const recording = recordingTo(folder, { seconds: 1 });
      await recording.start();
      for (let i = 0; i < 10; i++) {
        openMarks(folder, i * 100, 100);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      const { segments } = await recording.stop();
      expect(segments.length).toBeGreaterThan(1);
      expect(segments.map(({ complete }) => complete)).toEqual(segments.map(() => true));
      expect([...marksIn(folder).values()]).toEqual(Array.from({ length: 1000 }, () => 1));
      for (const { file } of segments) {
        const { processes, files } = readCapture(join(folder, file));
        const own = processes.get(process.pid);
        expect(own?.exepath).toBe(process.execPath);
        expect(own?.cwd).toBe(`${process.cwd()}/`);
        expect(files.get(process.pid)?.length).toBeGreaterThan(2);
      }
    });
  });

  it('tells only the syscalls that are selected, and others when it is told to', async () => {
    await inFolder(async (folder) => {
      const output = join(folder, 'few.scap');
      const recording = recordingTo(output, { selected: [OPENAT] });
      await recording.start();
      openMarks(folder, 0, 20);
      recording.select(selectionText([EXECVE]));
      await new Promise((resolve) => setTimeout(resolve, 200));
      openMarks(folder, 20, 20);
      await recording.stop();
      const { events } = readCapture(output, ({ info }) => info.name !== 'container' && info.name !== 'asyncevent');
      expect(new Set(events.map(({ info }) => info.name))).toEqual(new Set(['openat', 'execve']));
      const opened = events.filter(({ info }) => info.name === 'openat').map((event) => paramOf(event, 'name'));
      expect(opened).toContain(`${folder}/mark-19`);
      expect(opened).not.toContain(`${folder}/mark-20`);
    });
  });
});

describeRecording('the loader', () => {
  it('has no right left, and another user, once the kernel part is attached', async () => {
    await inFolder(async (folder) => {
      const recording = recordingTo(folder);
      await recording.start();
      const status = readFileSync(`/proc/${loaderPid()}/status`, 'utf8');
      await recording.stop();
      for (const set of ['CapPrm', 'CapEff', 'CapInh', 'CapAmb'])
        expect(status).toMatch(new RegExp(`${set}:\\s+0+\\n`));
      expect(status).toMatch(/NoNewPrivs:\s+1/);
      expect(status).toMatch(/Uid:\s+65534\s+65534\s+65534/);
    });
  });

  it('needs CAP_BPF and CAP_PERFMON and nothing else', async () => {
    await inFolder(async (folder) => {
      const copy = join(folder, 'loader');
      copyFileSync(LOADER, copy);
      chmodSync(copy, 0o755);
      chmodSync(folder, 0o755);
      const withCaps = (caps: string) => {
        const rights = ['--inh-caps', caps, '--ambient-caps', caps, '--bounding-set', caps, '--no-new-privs'];
        const user = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
        execFileSync('setpriv', [...user, ...rights, copy, '--probe'], { stdio: 'pipe' });
      };
      expect(() => withCaps('-all,+bpf,+perfmon')).not.toThrow();
      expect(() => withCaps('-all,+bpf')).toThrow();
      expect(() => withCaps('-all')).toThrow();
    });
  });
});

/** The loader that this test, or an agent that it started, has running. */
function loaderPid(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(LOADER) && isOurs(Number(pid));
    } catch {
      return false;
    }
  });
  if (found.length !== 1) throw new Error(`${found.length} loaders are running`);
  return Number(found[0]);
}

/** True for a process whose line of parents leads here: other agents may run on the same machine. */
function isOurs(pid: number): boolean {
  for (let at = pid; at > 1;) {
    if (at === process.pid) return true;
    at = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1]);
  }
  return false;
}

function startAgent(folder: string) {
  const agent = spawn(process.execPath, [MAIN, 'agent', 'record', '--all', '-o', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  agent.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return {
    process: agent,
    ready: (times: number) => expect.poll(() => said.split('recording ').length - 1, { timeout: 20_000 }).toBe(times),
  };
}

function manifestsIn(folder: string): Manifest[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Manifest);
}
