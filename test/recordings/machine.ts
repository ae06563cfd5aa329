import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContainerNames, ociConfiguration } from './bundle.ts';
import { groupsOf, makeGroups, removeGroups } from './control-groups.ts';
import type { ContainerSettings } from './drive.ts';
import { LineProcess } from './line-process.ts';
import { ROOT } from './root.ts';
import { run } from './run.ts';

const here = (name: string) => fileURLToPath(new URL(`machine/${name}`, import.meta.url));
const WORLD = fileURLToPath(new URL('world.ts', import.meta.url));
const NAME = 'node-1';
const SOCKET = '/run/containerd/containerd.sock';
/** Where everybody is: the machine, its container, and who is outside. */
export const ADDRESS = { MACHINE: '10.0.0.5', CONTAINER: '10.244.1.7', ATTACKER: '203.0.113.9' };
const OUTSIDE = [ADDRESS.ATTACKER, '198.51.100.7', '169.254.169.254', '10.96.0.1'];

/**
 * A machine that exists for one recording: namespaces of its own over a root of Debian, with a container runtime, a
 * network and a world around it. Nothing of the machine that it is made on can be seen in it.
 */
export class Machine {
  readonly names: ContainerNames;
  readonly #folder: string;
  readonly #settings: ContainerSettings;
  readonly #say: (text: string) => void;
  #shim: LineProcess | undefined;
  #world: LineProcess | undefined;

  /** @param say gets what its programs say on their standard error */
  constructor(folder: string, name: string, settings: ContainerSettings, say: (text: string) => void) {
    this.names = new ContainerNames(name);
    this.#folder = folder;
    this.#settings = settings;
    this.#say = say;
  }

  /** Where its root is on the machine that it is made on. */
  get root(): string {
    return join(this.#folder, 'machine/merged');
  }

  /** The process that all of its processes descend from. */
  get pid(): number {
    const unshare = (this.#shim as LineProcess).pid;
    return Number(readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8').trim());
  }

  /** Starts it, with the container's files in place and the container not started. */
  async start(): Promise<void> {
    makeGroups();
    this.#layer('machine', this.root);
    this.#furnish();
    this.#layer('image', this.#rootfs);
    this.#furnishContainer();
    const words = ['--mount', '--pid', '--uts', '--ipc', '--net', '--fork', '--kill-child', '--propagation', 'private'];
    const init = ['sh', here('init'), this.root, NAME, groupsOf('/init.scope').join(' ')];
    this.#shim = new LineProcess('unshare', [...words, ...init], this.#say);
    this.#world = new LineProcess('unshare', ['--net', process.execPath, WORLD], this.#say);
    if ((await this.#world.line()) !== 'ready') throw new Error('the world did not start');
    await this.run('true');
    this.#connect();
    for (const group of groupsOf('/system.slice/containerd.service')) {
      await this.run('sh', '-c', `echo $PPID > ${group}/cgroup.procs`);
    }
    await this.#join('/system.slice/ssh.service', '/usr/sbin/sshd');
    if (Object.values(this.#settings.mounts).includes(SOCKET)) await this.#listen();
    await this.#connectContainer();
  }

  /** Starts the container as a runtime does that Kubernetes has told to. */
  async startContainer(): Promise<void> {
    const { id, bundle } = this.names;
    await this.run('runc', 'create', '--bundle', bundle, id);
    await this.run('runc', 'start', id);
  }

  /** Runs a command in the container, as `kubectl exec` does. */
  exec(...words: string[]): Promise<number> {
    return this.run('runc', 'exec', this.names.id, ...words);
  }

  /** Runs a program on the machine, started by the shim, and gives its exit code. */
  async run(...words: string[]): Promise<number> {
    const answer = await this.#shim?.ask(words.join('\x1f').replaceAll('\n', '\x1e'));
    if (answer === undefined) throw new Error(`the machine ended at: ${words.join(' ')}`);
    return Number(answer);
  }

  /** Asks the container's server for something; gives what became of it. */
  async visit(path: string, headers: { readonly [name: string]: string } = {}): Promise<string> {
    const url = `http://${ADDRESS.CONTAINER}:8080${path}`;
    return (await this.#world?.ask(JSON.stringify({ url, headers }))) ?? 'the world ended';
  }

  /** The words that run a program in the world's network, over the same root. */
  worldly(...words: string[]): string[] {
    return [`--net=/proc/${this.#world?.pid}/ns/net`, 'chroot', join(this.#folder, 'outside/merged'), ...words];
  }

  /** Ends it, whatever state it is in. */
  async remove(): Promise<void> {
    await this.#shim?.end('SIGKILL');
    await this.#world?.end();
    for (const name of ['image', 'outside', 'machine']) {
      const target = name === 'image' ? this.#rootfs : join(this.#folder, name, 'merged');
      try {
        run('umount', '-l', target);
      } catch {
        // It was never mounted.
      }
    }
    rmSync(this.#folder, { recursive: true, force: true });
    await removeGroups();
  }

  get #rootfs(): string {
    return join(this.root, this.names.bundle, 'rootfs');
  }

  #layer(name: string, target: string): void {
    const [upper, work] = [join(this.#folder, name, 'upper'), join(this.#folder, name, 'work')];
    for (const folder of [upper, work, target]) mkdirSync(folder, { recursive: true });
    run('mount', '-t', 'overlay', '-o', `lowerdir=${ROOT},upperdir=${upper},workdir=${work}`, 'overlay', target);
  }

  /** What the machine has and Debian's root has not. */
  #furnish(): void {
    this.#write('etc/hostname', `${NAME}\n`);
    this.#write('etc/hosts', `127.0.0.1 localhost\n${ADDRESS.MACHINE} ${NAME}\n`);
    this.#write('etc/resolv.conf', `nameserver 10.96.0.1\n`);
    // It greets whoever logs in with the kernel of the machine that this is made on.
    rmSync(join(this.root, 'etc/update-motd.d/10-uname'), { force: true });
    const shim = join(this.root, 'usr/local/bin/containerd-shim');
    copyFileSync(here('containerd-shim'), shim);
    chmodSync(shim, 0o755);
    this.#layer('outside', join(this.#folder, 'outside/merged'));
    const key = join(this.#folder, 'outside/merged/root/.ssh/id_ed25519');
    mkdirSync(dirname(key), { recursive: true, mode: 0o700 });
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'operator', '-f', key);
    this.#write('root/.ssh/authorized_keys', readFileSync(`${key}.pub`, 'utf8'));
    chmodSync(join(this.root, 'root/.ssh'), 0o700);
    this.#write('run/sshd/.keep', '');
    this.#write(`${this.names.volumes}/token/token`, 'a token that nobody takes\n');
    this.#write(`${this.names.volumes}/token/namespace`, this.#settings.namespace);
  }

  /** What the image has, in its own layer below the one that the container writes to. */
  #furnishContainer(): void {
    const root = join(this.names.bundle, 'rootfs');
    const conf = readFileSync(here('nginx.conf'), 'utf8').replace('USER', this.#settings.user);
    this.#write(`${root}/etc/nginx/nginx.conf`, conf);
    this.#write(`${root}/etc/hostname`, 'web-0\n');
    this.#write(`${root}/etc/hosts`, `127.0.0.1 localhost\n${ADDRESS.CONTAINER} web-0\n`);
    this.#write(`${root}/etc/resolv.conf`, `nameserver 10.96.0.1\n`);
    this.#write(`${root}/var/www/html/index.html`, '<h1>A shop</h1>\n');
    this.#write(`${this.names.bundle}/config.json`, JSON.stringify(ociConfiguration(this.#settings, this.names)));
  }

  #write(path: string, text: string): void {
    const target = join(this.root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  /** A cable between the machine and the world, and the addresses of everybody outside. */
  #connect(): void {
    const [world, machine] = [String(this.#world?.pid), String(this.pid)];
    run('ip', 'link', 'add', 'eth0', 'netns', machine, 'type', 'veth', 'peer', 'name', 'node', 'netns', world);
    const at = (pid: string, ...words: string[]) => run('nsenter', `--net=/proc/${pid}/ns/net`, 'ip', ...words);
    at(world, 'link', 'set', 'lo', 'up');
    at(world, 'link', 'set', 'node', 'up');
    at(world, 'addr', 'add', '10.0.0.1/24', 'dev', 'node');
    for (const address of OUTSIDE) at(world, 'addr', 'add', `${address}/32`, 'dev', 'lo');
    at(machine, 'addr', 'add', `${ADDRESS.MACHINE}/24`, 'dev', 'eth0');
    at(machine, 'link', 'set', 'eth0', 'up');
    at(machine, 'route', 'add', 'default', 'via', '10.0.0.1');
    at(world, 'route', 'add', '10.244.0.0/16', 'via', ADDRESS.MACHINE);
  }

  /** The network of the container, as a plugin of Kubernetes makes it. */
  async #connectContainer(): Promise<void> {
    await this.run('ip', 'netns', 'add', 'web');
    await this.run('ip', 'link', 'add', 'veth1', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', 'web');
    const inside = (...words: string[]) => this.run('ip', '-n', 'web', ...words);
    await inside('link', 'set', 'lo', 'up');
    await inside('addr', 'add', `${ADDRESS.CONTAINER}/24`, 'dev', 'eth0');
    await inside('link', 'set', 'eth0', 'up');
    await this.run('ip', 'addr', 'add', '10.244.1.1/24', 'dev', 'veth1');
    await this.run('ip', 'link', 'set', 'veth1', 'up');
    await inside('route', 'add', 'default', 'via', '10.244.1.1');
  }

  /** The socket of the runtime, of which containers can be given a mount; nobody answers there. */
  async #listen(): Promise<void> {
    await this.run('sh', '-c', `socat UNIX-LISTEN:${SOCKET},fork /dev/null > /dev/null 2>&1 &`);
    await this.run('sh', '-c', `while [ ! -S ${SOCKET} ]; do sleep 0.05; done`);
  }

  /** Runs a program as a member of a control group. */
  #join(group: string, ...words: string[]): Promise<number> {
    const enter = groupsOf(group).map((folder) => `echo $$ > ${folder}/cgroup.procs`);
    return this.run('sh', '-c', `${enter.join('; ')}; exec "$@"`, 'sh', ...words);
  }
}
