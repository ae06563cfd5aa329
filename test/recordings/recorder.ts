import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathOf, STORY_GROUPS } from './control-groups.ts';
import type { Machine } from './machine.ts';

const CREANCE = fileURLToPath(new URL('../../functions/cli/main.ts', import.meta.url));
/**
 * What the agent sees of the file system: accounts and the files of runtimes are the machine's. It keeps its own view of
 * everything else, for it is not installed in there.
 */
const WITH_FILES_OF = `
for file in etc/passwd etc/group; do mount --bind "$1/$file" "/$file"; done
mount --rbind "$1/run" /run
shift
exec "$@"`;

/** A recording of a machine by `creance agent record`, as it sees itself: its name, its addresses, its accounts. */
export class Recorder {
  readonly #child: ReturnType<typeof spawn>;
  readonly #ended: Promise<number | null>;
  #said = '';

  constructor(machine: Machine, output: string) {
    const scopes = STORY_GROUPS.flatMap((group) => ['--cgroup', pathOf(group)]);
    const record = [process.execPath, CREANCE, 'agent', 'record', '--all', ...scopes, '-o', output];
    const inside = (name: string) => `--${name}=/proc/${machine.pid}/ns/${name}`;
    const words = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', WITH_FILES_OF, 'sh', machine.root];
    this.#child = spawn('nsenter', [inside('uts'), inside('net'), ...words, ...record], { stdio: 'pipe' });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.#said += bytes.toString()));
    }
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  /** Resolves when events are being recorded. */
  async ready(): Promise<void> {
    let hasEnded = false;
    void this.#ended.then(() => (hasEnded = true));
    while (!this.#said.includes('recording ')) {
      if (hasEnded) throw new Error(`the agent ended: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends it. Throws when something was lost. */
  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    const code = await this.#ended;
    if (code !== 0) throw new Error(`the agent ended with ${code}: ${this.#said}`);
  }
}

/** Why nothing can be recorded here; undefined where it can. */
export function reasonNotToRecord(): string | undefined {
  if (process.getuid?.() !== 0) return 'namespaces, overlays and eBPF need root';
  const missing = ['debootstrap', 'ip', 'nsenter', 'ssh-keygen'].filter((program) => !isInstalled(program));
  if (missing.length > 0) return `missing: ${missing.join(', ')}; apt-get install debootstrap iproute2 openssh-client`;
  if (!existsSync(fileURLToPath(new URL('../../dist/agent/creance-recorder', import.meta.url)))) {
    return 'the agent is not built: npm run build:agent';
  }
  return undefined;
}

function isInstalled(program: string): boolean {
  return ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].some((folder) =>
    existsSync(join(folder, program)),
  );
}
