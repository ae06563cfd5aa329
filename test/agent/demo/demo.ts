import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FIRST_RULES } from '../../../functions/greeting.ts';

const CREANCE = fileURLToPath(new URL('../../../functions/cli/main.ts', import.meta.url));
const SHELL = 'id; cat /etc/passwd';
const STOP_MS = 60_000;

/** A container with nginx in it. */
export interface DemoContainer {
  start(): Promise<void>;
  /** Has nginx start a shell. Resolves when it was started. */
  takeOver(): Promise<void>;
  /** Opens a shell in it with a terminal, as an administrator does. */
  openShell(script: string): void;
  remove(): void;
}

/** What the demo is made of. */
export interface DemoSettings {
  /** Where everything of it is put; the caller removes it. */
  readonly folder: string;
  /** Falco's stable rules, where they are at hand. */
  readonly upstream: string | undefined;
  makeContainer(folder: string): DemoContainer;
  say(text: string): void;
}

/** Something that is to be so. */
export interface Finding {
  readonly what: string;
  readonly isMet: boolean;
}

interface Alert {
  readonly rule: string;
  readonly output: string;
}

/**
 * The service, the agent that records this machine and sends to it, and a container that is broken into and entered
 * meanwhile. Answers what was to come of it, and whether it did.
 */
export async function demo({ folder, upstream, makeContainer, say }: DemoSettings): Promise<readonly Finding[]> {
  const [store, spool, rules] = ['store', 'spool', 'first.yaml'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(rules, FIRST_RULES);
  const token = (scope: string): string =>
    creance('token', 'create', '--tenant', 'demo', '--scope', scope, '--directory', store).trim();
  const [agentToken, readToken] = [token('agent'), token('read')];
  const service = await startService(store);
  say(`the service answers at ${service.url}`);
  try {
    const given = ['-r', rules, ...(upstream === undefined ? [] : ['-r', upstream])];
    const agent = await startAgent([...given, '-o', spool, '--server', service.url, '--name', 'demo'], agentToken);
    say('the agent records, and sends with a token that allows nothing else');
    const container = makeContainer(join(folder, 'container'));
    try {
      await container.start();
      await container.takeOver();
      say('(a) nginx in a container has started a shell');
      container.openShell(SHELL);
      say('(b) runc exec -t has opened a shell in it');
    } finally {
      container.remove();
    }
    const agentCode = await stopped(agent);
    say('the agent has ended');
    const ask = (path: string, json?: unknown): Promise<unknown> => asked(new URL(path, service.url), readToken, json);
    const { traces } = (await ask('/v1/traces')) as { traces: { id: string; name: string }[] };
    say(`the service has ${traces.length} trace${traces.length === 1 ? '' : 's'}`);
    const detected = (await ask('/v1/detect', {
      trace: traces[0]?.id,
      rules: [FIRST_RULES, ...(upstream === undefined ? [] : [readFileSync(upstream, 'utf8')])],
      matching: 'all',
    })) as { alerts: Alert[] };
    return [
      { what: 'the agent lost nothing', isMet: agentCode === 0 },
      { what: 'everything was sent: the spool is empty', isMet: isEmpty(spool) },
      {
        what: 'the service has one trace, of this recording',
        isMet: traces.length === 1 && traces[0]?.name === 'demo',
      },
      ...findingsOf(detected.alerts, upstream !== undefined),
    ];
  } finally {
    await stopped(service.child);
  }
}

function findingsOf(alerts: readonly Alert[], hasUpstream: boolean): readonly Finding[] {
  const says = (rule: string, ...words: string[]): boolean =>
    alerts.some((alert) => alert.rule === rule && words.every((word) => alert.output.includes(word)));
  const own = 'Shell Spawned in Container';
  const ours = [
    { what: `(a) "${own}"`, isMet: says(own, 'command=sh -c id; ls /; true') },
    { what: `(b) "${own}"`, isMet: says(own, `command=sh -c ${SHELL}`) },
  ];
  if (!hasUpstream) return ours;
  return [
    ...ours,
    { what: '(a) "Run shell untrusted"', isMet: says('Run shell untrusted', 'parent=nginx') },
    { what: '(b) "Terminal shell in container"', isMet: says('Terminal shell in container', 'parent=runc', SHELL) },
  ];
}

function isEmpty(spool: string): boolean {
  return existsSync(spool) && readdirSync(spool).join() === 'spool.jsonl';
}

async function startService(directory: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [CREANCE, 'serve', '--port', '0', '--directory', directory, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CREANCE_ACCESS: 'tokens' },
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

/** Resolves when events are being recorded. */
async function startAgent(words: readonly string[], token: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CREANCE, 'agent', 'record', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CREANCE_TOKEN: token },
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (/^recording /m.test(said)) resolve();
    });
    child.once('exit', () => reject(new Error(`the agent ended: ${said}`)));
  });
  return child;
}

/** Asks a process to end, and waits until it has; answers its exit code. */
async function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, 'exit') as Promise<[number | null]>;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  const [code] = await ended;
  clearTimeout(timer);
  return code;
}

async function asked(url: URL, token: string, json?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(
    url,
    json === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(json) },
  );
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

function creance(...words: string[]): string {
  return execFileSync(process.execPath, [CREANCE, ...words], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
}
