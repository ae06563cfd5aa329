import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../recordings/root.ts';
import type { DemoContainer } from './demo.ts';

const CONF = fileURLToPath(new URL('../../recordings/machine/nginx.conf', import.meta.url));
const CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID', 'NET_BIND_SERVICE', 'KILL'];
const TRIES = 100;

/** A container of runc's over a root of Debian, with Debian's nginx in it, whose application runs what a visitor sends. */
export class DebianContainer implements DemoContainer {
  readonly #id = randomBytes(32).toString('hex');
  readonly #folder: string;

  /** @param folder where its files are put */
  constructor(folder: string) {
    this.#folder = folder;
    const [upper, work] = [join(folder, 'upper'), join(folder, 'work')];
    for (const path of [upper, work, this.#root]) mkdirSync(path, { recursive: true });
    execFileSync('mount', [
      '-t',
      'overlay',
      '-o',
      `lowerdir=${ROOT},upperdir=${upper},workdir=${work}`,
      'overlay',
      this.#root,
    ]);
    writeFileSync(join(this.#root, 'etc/nginx/nginx.conf'), readFileSync(CONF, 'utf8').replace('USER', 'www-data'));
    writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration()));
  }

  get #root(): string {
    return join(this.#folder, 'rootfs');
  }

  async start(): Promise<void> {
    execFileSync('runc', ['run', '-d', '--bundle', this.#folder, this.#id], { stdio: 'ignore' });
    this.#inNetwork('ip', 'link', 'set', 'lo', 'up');
    for (let tries = 1; ; tries++) {
      try {
        return void this.#visit('/hole', 'true');
      } catch (error) {
        if (tries === TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  takeOver(): Promise<void> {
    return Promise.resolve(void this.#visit('/hole', 'id; ls /; true'));
  }

  openShell(script: string): void {
    const command = `runc exec -t ${this.#id} sh -c '${script}'`;
    execFileSync('script', ['-qec', command, '/dev/null'], { stdio: 'ignore' });
  }

  remove(): void {
    execFileSync('runc', ['delete', '--force', this.#id], { stdio: 'ignore' });
    execFileSync('umount', ['-l', this.#root]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #visit(path: string, command: string): void {
    this.#inNetwork('curl', '-sf', '-m', '10', '-H', `X-Command: ${command}`, `http://127.0.0.1:8080${path}`);
  }

  #inNetwork(...words: string[]): void {
    const { pid } = JSON.parse(execFileSync('runc', ['state', this.#id]).toString()) as { pid: number };
    execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, ...words], { stdio: 'ignore' });
  }
}

function configuration(): object {
  const capabilities = CAPABILITIES.map((name) => `CAP_${name}`);
  const mount = (type: string, destination: string, ...options: string[]): object => ({
    destination,
    type,
    source: type,
    options: ['nosuid', ...options],
  });
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid: 0, gid: 0 },
      args: ['nginx', '-g', 'daemon off;'],
      env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin'],
      cwd: '/',
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
    },
    root: { path: 'rootfs' },
    hostname: 'web-0',
    annotations: {
      'io.kubernetes.cri.container-name': 'web',
      'io.kubernetes.cri.image-name': 'registry.example/shop/web:1.4',
      'io.kubernetes.cri.sandbox-name': 'web-0',
      'io.kubernetes.cri.sandbox-namespace': 'shop',
    },
    mounts: [
      mount('proc', '/proc'),
      mount('tmpfs', '/dev', 'mode=755'),
      mount('devpts', '/dev/pts', 'newinstance', 'ptmxmode=0666', 'mode=0620'),
    ],
    linux: {
      namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })),
      resources: { devices: [{ allow: true, access: 'rwm' }] },
    },
  };
}
