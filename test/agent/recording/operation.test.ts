import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Manifest } from '../../../agent/segments/manifest.ts';
import { paramOf, readCapture } from './capture.ts';
import { describeRecording, inFolder } from './recorder.ts';

const MAIN = fileURLToPath(new URL('../../../functions/cli/main.ts', import.meta.url));
const RULE = `
- rule: A marked file is opened
  desc: the test opens it
  condition: evt.type = openat and fd.name endswith /creance-freeze-me
  output: "%proc.name opened %fd.name"
  priority: WARNING
`;

/** Runs an agent that answers on a socket, and ends it. */
async function withAgent<T>(folder: string, flags: readonly string[], work: (agent: Agent) => Promise<T>): Promise<T> {
  const socket = join(folder, 'socket');
  const words = ['agent', 'record', '--all', '-o', join(folder, 'out'), '--listen', `unix:${socket}`, ...flags];
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ask = (method: string, path: string) => asked(socket, method, path);
  const says = (text: string) => expect.poll(() => said, { timeout: 30_000 }).toContain(text);
  try {
    await says('recording ');
    await expect.poll(() => ask('GET', '/readyz'), { timeout: 10_000 }).toEqual([200, 'ok\n']);
    return await work({ child, ask, says });
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'close');
  }
}

interface Agent {
  readonly child: ChildProcess;
  ask(method: string, path: string): Promise<[status: number, text: string]>;
  says(text: string): Promise<void>;
}

function asked(socketPath: string, method: string, path: string): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    sent.on('error', reject);
    sent.end();
  });
}

function metric(text: string, name: string): number {
  return Number(new RegExp(`^creance_agent_${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

describeRecording('an agent that runs', () => {
  it('tells what it counts, and is ready only while the way through the ring is open', async () => {
    await inFolder((folder) =>
      withAgent(folder, [], async ({ child, ask }) => {
        expect(await ask('GET', '/healthz')).toEqual([200, 'ok\n']);
        const metrics = async () => (await ask('GET', '/metrics'))[1];
        await expect
          .poll(metrics, { timeout: 15_000 })
          .toMatch(/^creance_agent_events_total\{syscall="openat"\} [1-9]/m);
        const beats = async () => metric(await metrics(), 'heartbeats_total');
        await expect.poll(beats, { timeout: 15_000 }).toBeGreaterThan(0);
        const text = await metrics();
        expect(metric(text, 'ring_bytes')).toBe(8 * 1024 * 1024);
        const [loader = ''] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ');
        process.kill(Number(loader), 'SIGSTOP');
        const silent = async () => (await ask('GET', '/readyz'))[0];
        await expect.poll(silent, { timeout: 15_000 }).toBe(503);
        process.kill(Number(loader), 'SIGCONT');
        await expect.poll(silent, { timeout: 15_000 }).toBe(200);
      }),
    );
  });

  it('freezes what was before a request, a signal and a rule, and says so', async () => {
    await inFolder(async (folder) => {
      const rules = join(folder, 'rules.yaml');
      writeFileSync(rules, RULE);
      const lookFor = (name: string) => spawnSync('cat', [join(folder, name)], { stdio: 'ignore' });
      const flags = ['--flight-recorder', '4', '--freeze-after', '1', '--freeze-on', rules];
      await withAgent(folder, flags, async ({ child, ask, says }) => {
        lookFor('before-the-trigger');
        expect(await ask('POST', '/freeze?reason=because')).toEqual([202, 'frozen\n']);
        child.kill('SIGUSR2');
        lookFor('creance-freeze-me');
        await says('frozen: ');
      });
      const out = join(folder, 'out');
      const names = readdirSync(out).filter((name) => name.endsWith('.scap.gz'));
      expect(names.length).toBe(1);
      const path = join(out, names[0] ?? '');
      const manifest = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Manifest;
      expect(new Set(manifest.triggers?.map(({ by }) => by))).toEqual(new Set(['request', 'signal', 'rule']));
      const { events, processes, diagnostics } = readCapture(path);
      expect(diagnostics).toEqual([]);
      expect(events.length).toBe(manifest.events);
      expect(processes.has(process.pid)).toBe(true);
      const notes = events.filter(({ info }) => info.name === 'notification').map((event) => paramOf(event, 'desc'));
      expect(notes).toContain('request: because');
      const opened = events.filter(({ info }) => info.name === 'openat').map((event) => paramOf(event, 'name'));
      expect(opened).toContain(join(folder, 'before-the-trigger'));
      expect(opened).toContain(join(folder, 'creance-freeze-me'));
    });
  });
});
