import type { ByteString } from '../../model/byte-string.ts';
import { announceContainer } from '../stage/announce.ts';
import type { Place } from '../stage/place.ts';
import { accountOf, withVariables } from '../stage/populate.ts';
import type { Process } from '../stage/process.ts';
import { RUNTIME_PROGRAMS } from '../stage/runtime.ts';
import type { Stage } from '../stage/stage.ts';
import { terminalPath } from '../stage/streams.ts';
import { closeFile } from './close.ts';
import { fork } from './clone.ts';
import { duplicate } from './duplicate.ts';
import { exec } from './execve.ts';
import { exit } from './exit.ts';
import { becomeUser } from './identity.ts';
import { OPEN_FLAG, openFile } from './open.ts';
import { changeDirectory, spawn, type SpawnOptions } from './spawn.ts';

/** The option of prctl that gives a thread another name, and the name that runc gives. */
const PR_SET_NAME = 15;
/** The option that makes a process take in the orphans below it. */
const PR_SET_CHILD_SUBREAPER = 36;
const INIT_NAME = 'runc:[2:INIT]';
/** What the child of runc is called when it is made: it was its parent's name for a moment. */
const CHILD_NAME = 'runc:[1:CHILD]';

/** Namespaces in the order in which a runner joins them, and their bits in `PPM_CL_*`. */
const JOINED: readonly (readonly [string, number])[] = [
  ['ipc', 1 << 3],
  ['uts', 1 << 7],
  ['net', 1 << 4],
  ['mnt', 1 << 5],
];
const NEWPID = 1 << 6;

/**
 * The runtime runs something in a container that is there already, as `kubectl exec` and `docker exec` do. Or a process
 * of the host does it, which then stays the parent, as `runc exec` does.
 */
export function enterContainer(stage: Stage, place: Place, options: SpawnOptions, runner?: Process): Process {
  if (runner === undefined) return enterFromShim(stage, place, options);
  const child = enter(stage, place, runner);
  becomeContained(stage, child, options);
  return child;
}

function enterFromShim(stage: Stage, place: Place, options: SpawnOptions): Process {
  const { container, shim } = place;
  if (container === undefined || shim === undefined) throw new Error('the container does not run');
  const { runner } = RUNTIME_PROGRAMS[container.runtime];
  const argv = [runner, 'exec', '--process', '/run/runc-process', '--detach', container.id];
  const runc = spawn(stage, shim, { argv });
  const child = enter(stage, place, runc);
  becomeContained(stage, child, options);
  exit(stage, runc);
  return child;
}

/** A process of the host makes a child in the namespaces of a container. */
function enter(stage: Stage, place: Place, runc: Process): Process {
  const { init } = place;
  if (init === undefined) throw new Error('the container does not run');
  const namespaces = [...JOINED, ['pid', NEWPID] as const].map(
    ([name, flag]) => [openNamespace(stage, runc, init, name), flag] as const,
  );
  for (const [fd, flag] of namespaces.slice(-1)) stage.emit(runc, 'SYSCALL_SETNS_X', [0, fd, flag]);
  const { child } = fork(stage, runc, { by: 'clone', place, comm: childName(runc) });
  for (const [fd, flag] of namespaces.slice(0, -1)) stage.emit(child, 'SYSCALL_SETNS_X', [0, fd, flag]);
  return child;
}

/** The runtime makes a container and its first process. */
export function startContainer(stage: Stage, place: Place, options: SpawnOptions): Process {
  const { container, daemon } = place;
  if (container === undefined || daemon === undefined) throw new Error('the container has no runtime');
  const programs = RUNTIME_PROGRAMS[container.runtime];
  const shim = spawn(stage, daemon, { argv: programs.shim(container.id) });
  shim.session = shim.group = shim;
  stage.emit(shim, 'SYSCALL_PRCTL_X', [0, PR_SET_CHILD_SUBREAPER, undefined, 1]);
  shim.subreaper = true;
  place.shim = shim;
  const runc = spawn(stage, shim, {
    argv: [programs.runner, 'create', '--bundle', `/run/containers/${container.id}`, container.id],
  });
  place.initStart = stage.clock.now - stage.clock.bootTime;
  const { child } = fork(stage, runc, { by: 'clone', place, comm: childName(runc) });
  place.init = child;
  announceContainer(stage, place);
  becomeContained(stage, child, options);
  exit(stage, runc);
  return child;
}

/** The child of a runner that is already inside becomes the program that it was made for. */
function becomeContained(stage: Stage, child: Process, options: SpawnOptions): void {
  const { place } = child;
  if (child.image.comm === CHILD_NAME) stage.emit(child, 'SYSCALL_PRCTL_X', [0, PR_SET_NAME, INIT_NAME, 0]);
  child.session = child.group = child;
  stage.emit(child, 'SYSCALL_SETSID_X', [child.vtid]);
  if (options.tty) openTerminal(stage, child, options.tty);
  child.cgroups = place.cgroups;
  const account = accountOf(place, options.user ?? place.container?.user ?? 'root', 'user');
  becomeUser(stage, child, account, child.image.comm === CHILD_NAME ? 'setuid' : 'setresuid');
  child.capPermitted = child.capEffective = place.capabilitiesOf(account.uid);
  stage.emit(child, 'SYSCALL_CAPSET_X', [0, 0, child.capPermitted, child.capEffective]);
  changeDirectory(stage, child, options.cwd ?? '/');
  const env = withVariables(place.environment(account.home), options.env ?? []);
  const { argv, exe, interpreter, result = 0 } = options;
  exec(stage, child, { argv, exe, interpreter, result, env: options.tty ? [...env, 'TERM=xterm'] : env });
  if (result < 0) exit(stage, child, { status: 1 });
}

function childName(runner: Process): ByteString | undefined {
  return runner.image.comm === 'runc' ? CHILD_NAME : undefined;
}

/** The terminal takes the place of the three standard streams. */
function openTerminal(stage: Stage, child: Process, tty: number): void {
  child.tty = tty;
  const fd = openFile(stage, child, { path: terminalPath(tty), flags: OPEN_FLAG.RDWR });
  for (const stream of [0, 1, 2]) duplicate(stage, child, fd, stream);
  closeFile(stage, child, fd);
}

function openNamespace(stage: Stage, runner: Process, init: Process, name: ByteString): number {
  const path = `/proc/${init.tid}/ns/${name}`;
  return openFile(stage, runner, { path, flags: OPEN_FLAG.RDONLY | OPEN_FLAG.CLOEXEC });
}

/** Ends a container: its first process, all others with it, and what the runtime kept beside it. */
export function stopContainer(stage: Stage, place: Place, signal: number): void {
  const { init, shim } = place;
  if (init === undefined) return;
  const KILLED = 9;
  for (const process of [...everyoneBelow(init), ...shimChildren(shim, init)]) exit(stage, process, { signal: KILLED });
  exit(stage, init, { signal });
  if (shim === undefined) return;
  for (const fd of [...shim.files.keys()].filter((open) => open > 2)) closeFile(stage, shim, fd);
  exit(stage, shim);
}

function everyoneBelow(process: Process): Process[] {
  return [...process.children].flatMap((child) => [...everyoneBelow(child), child]);
}

function shimChildren(shim: Process | undefined, init: Process): Process[] {
  if (shim === undefined) return [];
  return [...shim.children].filter((child) => child !== init).flatMap((child) => [...everyoneBelow(child), child]);
}
