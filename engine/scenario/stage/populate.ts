import { toUnicode, type ByteString } from '../../model/byte-string.ts';
import type { UserEntry } from '../../model/snapshot.ts';
import { nearest } from '../../model/nearest.ts';
import type { ActorPlan, ContainerPlan, Scenario } from '../scenario.ts';
import { cgroupsOf, servicePath } from './cgroups.ts';
import { findExecutable } from './executable.ts';
import { listeningSocket } from './listening.ts';
import type { Place } from './place.ts';
import { NO_IMAGE, NO_LOGIN, Process } from './process.ts';
import { Refusal } from './refusal.ts';
import { runtimeProcesses } from './runtime.ts';
import type { Stage } from './stage.ts';
import { openStreams } from './streams.ts';

/**
 * Puts on the stage who is there when the story begins: systemd, the runtimes, the containers that run already, and the
 * actors with their parents first.
 *
 * @param starting containers that start in the story
 * @param refuse is told what can't be, and where; whoever it concerns stays away
 */
export function populate(
  stage: Stage,
  scenario: Pick<Scenario, 'actors' | 'containers'>,
  starting: ReadonlySet<ByteString>,
  refuse: (plan: ActorPlan | ContainerPlan, refusal: Refusal) => void,
): void {
  const { host } = stage;
  const systemd = new Process(1, 1, host, NO_IMAGE);
  systemd.capPermitted = systemd.capEffective = host.capabilitiesOf(0);
  systemd.image = { ...findExecutable(systemd, { argv: ['/sbin/init'], exe: '/usr/lib/systemd/systemd' }).image };
  systemd.env = host.environment('/');
  openStreams(stage, systemd);
  host.init = systemd;
  runtimeProcesses(stage, scenario.containers, starting);
  const waiting = new Map(scenario.actors.map((plan) => [plan.name, plan]));
  const place = (plan: ActorPlan, line: readonly ByteString[]): void => {
    if (!waiting.has(plan.name)) return;
    const parent = plan.parent === undefined ? undefined : waiting.get(plan.parent);
    if (parent !== undefined && !line.includes(parent.name)) place(parent, [...line, plan.name]);
    if (!waiting.delete(plan.name)) return;
    attempt(plan, refuse, () => stage.actors.set(plan.name, actorProcess(stage, plan, starting)));
  };
  for (const plan of scenario.actors) place(plan, [plan.name]);
  for (const [name, container] of stage.places) {
    if (starting.has(name) || container.init !== undefined || container.container === undefined) continue;
    const plan = container.container;
    attempt(plan, refuse, () => newcomer(stage, container, undefined, plan.runs, plan.user));
  }
}

function attempt<Plan>(plan: Plan, refuse: (plan: Plan, refusal: Refusal) => void, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(plan, error);
  }
}

function actorProcess(stage: Stage, plan: ActorPlan, starting: ReadonlySet<ByteString>): Process {
  const place = plan.place === 'host' ? stage.host : stage.places.get(plan.place);
  if (place === undefined) throw unknownPlace(stage, plan.place);
  if (starting.has(place.name)) {
    const message = `container ${toUnicode(place.name)} starts in the story, so nobody is in it before`;
    throw new Refusal(
      'SCENARIO_NOT_STARTED',
      'in',
      message,
      `name its process where it starts: '${toUnicode(place.name)} starts', 'as: ${toUnicode(plan.name)}'`,
    );
  }
  const parent = plan.parent === undefined ? undefined : stage.actor(plan.parent, 'parent');
  const usual = parent?.place === place ? String(parent.uid) : (place.container?.user ?? 'root');
  const process = newcomer(stage, place, parent, plan.runs, plan.user ?? usual, plan);
  if (plan.capabilities !== 'default') process.capPermitted = process.capEffective = plan.capabilities;
  return process;
}

/** A process that was there before. Without a parent it is a container's first process, or a child of the first. */
function newcomer(
  stage: Stage,
  place: Place,
  parent: Process | undefined,
  argv: readonly ByteString[],
  user: ByteString,
  plan?: ActorPlan,
): Process {
  const tid = stage.nextPid();
  const process = new Process(tid, place.nextVtid(tid), place, NO_IMAGE);
  const account = accountOf(place, user, 'user');
  const above = parent ?? place.init ?? place.shim;
  if (above !== undefined) process.inherit(above);
  process.cwd = plan?.cwd ?? parent?.cwd ?? '/';
  process.cgroups = place.cgroups;
  process.uid = account.uid;
  process.gid = account.gid;
  process.capPermitted = process.capEffective = place.capabilitiesOf(account.uid);
  const env = parent !== undefined && parent.uid === account.uid ? parent.env : place.environment(account.home);
  process.env = withVariables(env, plan?.env ?? []);
  process.tty = plan?.tty ?? parent?.tty ?? 0;
  if (plan?.loginuid !== undefined) process.loginuid = accountOf(place, plan.loginuid, 'loginuid').uid;
  if (parent === undefined) process.session = process;
  if (parent === undefined || (process.tty !== 0 && parent.isShell) || plan?.tty) process.group = process;
  process.image = findExecutable(process, { argv, exe: plan?.exe }).image;
  if (place.isHost) process.cgroups = parent?.cgroups ?? hostCgroups(process);
  openStreams(stage, process);
  if (parent !== undefined) inheritFiles(process, parent);
  for (const address of plan?.listens ?? []) listeningSocket(stage, process, address);
  place.init ??= process;
  return process;
}

/** A copy of its parent has all that its parent has open; another program what was not to be closed. */
function inheritFiles(process: Process, parent: Process): void {
  const isCopy = process.image.exepath === parent.image.exepath;
  for (const [fd, file] of parent.files) {
    if (fd > 2 && (isCopy || !file.closeOnExec)) process.files.set(fd, { ...file });
  }
}

/** The account of a place, by name or number. */
export function accountOf(place: Place, name: ByteString, part: string): UserEntry {
  const account = place.accounts.find(name);
  if (account !== undefined) return account;
  const where = place.isHost ? 'the host' : `container ${toUnicode(place.name)}`;
  const near = nearest(
    name,
    place.accounts.users.map((user) => user.name),
  );
  const hint = near === undefined ? `add it: 'users: { ${toUnicode(name)}: 1000 }'` : `did you mean '${near}'?`;
  throw new Refusal('SCENARIO_UNKNOWN_USER', part, `${where} has no user '${toUnicode(name)}'`, hint);
}

/** An environment with variables added or replaced. */
export function withVariables(env: readonly ByteString[], more: readonly ByteString[]): readonly ByteString[] {
  const names = new Set(more.map((entry) => entry.slice(0, entry.indexOf('='))));
  return [...env.filter((entry) => !names.has(entry.slice(0, entry.indexOf('=')))), ...more];
}

function hostCgroups(process: Process): readonly ByteString[] {
  const isSession = process.tty !== 0 || process.loginuid !== NO_LOGIN;
  if (isSession) return cgroupsOf(`/user.slice/user-${process.uid}.slice/session-1.scope`);
  return cgroupsOf(servicePath(process.image.comm));
}

function unknownPlace(stage: Stage, name: ByteString): Refusal {
  const near = nearest(name, ['host', ...stage.places.keys()]);
  const hint = near === undefined ? "describe it under 'containers'" : `did you mean '${near}'?`;
  return new Refusal('SCENARIO_UNKNOWN_CONTAINER', 'in', `there is no container '${toUnicode(name)}'`, hint, name);
}
