import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Programs that the container's image has. */
const PROGRAMS = ['/bin/dash', '/usr/bin/id', '/bin/cat', '/bin/ls', '/bin/sleep'];
/** What Kubernetes' runtimes write down of a container. */
const ANNOTATIONS = {
  'io.kubernetes.cri.container-name': 'web',
  'io.kubernetes.cri.image-name': 'registry.example/shop/web:1.4',
  'io.kubernetes.cri.sandbox-name': 'web-0',
  'io.kubernetes.cri.sandbox-namespace': 'shop',
  'io.kubernetes.cri.sandbox-uid': '11111111-2222-3333-4444-555555555555',
};

/** A server that starts a shell for somebody, as a broken one does. */
const SERVER = `
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  sleep(1);
  if (fork() == 0) execl("/bin/sh", "sh", "-c", "id; ls /; true", (char *)0);
  wait(0);
  sleep(30);
}`;

/** A container of runc's, with a web server in it that is taken over. */
export class Container {
  readonly id = randomBytes(32).toString('hex');
  readonly #bundle: string;

  /** @param folder where its files are put */
  constructor(folder: string) {
    this.#bundle = join(folder, 'bundle');
    const root = join(this.#bundle, 'rootfs');
    for (const path of ['proc', 'dev', 'sys', 'etc', 'tmp', 'usr/sbin'])
      mkdirSync(join(root, path), { recursive: true });
    for (const program of PROGRAMS) copyWithLibraries(program, root);
    symlinkSync('dash', join(root, 'bin/sh'));
    writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
    writeFileSync(join(folder, 'server.c'), SERVER);
    execFileSync('cc', ['-static', '-O1', '-o', join(root, 'usr/sbin/nginx'), join(folder, 'server.c')]);
    writeFileSync(join(this.#bundle, 'config.json'), JSON.stringify(this.#configuration()));
  }

  /** Starts it. */
  start(): void {
    execFileSync('runc', ['run', '-d', '--bundle', this.#bundle, this.id], { stdio: 'ignore' });
  }

  /** Opens a shell in it with a terminal, as an administrator does. */
  openShell(script: string): void {
    const command = `runc exec -t ${this.id} sh -c '${script}'`;
    execFileSync('script', ['-qec', command, '/dev/null'], { stdio: ['ignore', 'ignore', 'ignore'] });
  }

  /** Ends it, and removes it. */
  remove(): void {
    execFileSync('runc', ['delete', '--force', this.id], { stdio: 'ignore' });
    rmSync(this.#bundle, { recursive: true, force: true });
  }

  #configuration(): unknown {
    const mount = (type: string, destination: string, ...options: string[]) => ({
      destination,
      type,
      source: type,
      options: ['nosuid', ...options],
    });
    return {
      ociVersion: '1.0.2',
      process: {
        user: { uid: 0, gid: 0 },
        args: ['/usr/sbin/nginx'],
        env: ['PATH=/usr/bin:/bin', 'APP=shop'],
        cwd: '/',
        capabilities: { bounding: ['CAP_KILL'], effective: ['CAP_KILL'], permitted: ['CAP_KILL'] },
      },
      root: { path: 'rootfs' },
      hostname: 'web-0',
      annotations: ANNOTATIONS,
      mounts: [
        mount('proc', '/proc'),
        mount('tmpfs', '/dev', 'mode=755'),
        mount('devpts', '/dev/pts', 'newinstance', 'ptmxmode=0666', 'mode=0620'),
      ],
      linux: { namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })) },
    };
  }
}

function copyWithLibraries(program: string, root: string): void {
  const libraries = execFileSync('ldd', [program])
    .toString()
    .matchAll(/(\/\S+)/g);
  for (const path of [program, ...[...libraries].map(([path]) => path)]) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    copyFileSync(realpathSync(path), join(root, path));
  }
}
