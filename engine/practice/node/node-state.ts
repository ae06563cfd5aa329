import { isMapping, readPlain, type Plain } from '../plain.ts';
import { CLUSTER_PATH, NODE_PATH, type MachineFiles } from '../task.ts';
import { yamlText } from '../yaml-text.ts';
import { Cluster, derivedObjects, type Stop } from './cluster.ts';
import { Emulated } from './emulated.ts';
import { readByFalco, type Happening, type ServiceState } from './falco-service.ts';
import { FileTree } from './file-tree.ts';
import type { JournalEntry } from './journal.ts';
import type { NodeMachine } from './node-machine.ts';

/** Time that has passed when somebody comes to the node for the first time, before the story begins. */
const LEAD = 2_000_000_000n;
/** How long the service has run by then. */
const UPTIME = 2_820_000_000_000n;
const FIRST_PID = 1_204;

/** What is kept of a node beside its files and its cluster, as JSON. Times are digits: nanoseconds since the epoch. */
export interface NodeState {
  readonly now: string;
  readonly pid: number;
  readonly cwd: string;
  readonly service: {
    readonly state: ServiceState;
    readonly since: string;
    readonly pid: number;
    /** Files as the running process has read them, where they differ from what stands there now; null: not there. */
    readonly loaded: Readonly<Record<string, string | null>>;
    /** Hashes of the files that it has read: whether they were changed since is seen also where nobody was on the node. */
    readonly read: Readonly<Record<string, number>>;
  };
  readonly happenings: readonly { readonly time: string; readonly what: Happening }[];
  readonly typed: readonly { readonly time: string; readonly line: string; readonly code: number }[];
  readonly stops: readonly { readonly container: string; readonly from: string; readonly until: string | null }[];
  readonly folders: readonly string[];
  readonly journal: readonly (Omit<JournalEntry, 'time'> & { readonly time: string })[];
}

/** The state in the files of a task; undefined where none is, or none that can be read. */
export function readNodeState(files: MachineFiles): NodeState | undefined {
  const text = files.get(NODE_PATH);
  if (text === undefined) return undefined;
  try {
    const state = JSON.parse(text) as Partial<NodeState> | null;
    return state !== null && isWhole(state) ? state : undefined;
  } catch {
    // Somebody wrote in it: the node begins anew.
    return undefined;
  }
}

function isWhole(state: Partial<NodeState>): state is NodeState {
  const { now, pid, cwd, service, happenings, typed, stops, folders, journal } = state;
  const lists: unknown[] = [happenings, typed, stops, folders, journal];
  const times: unknown[] = [now, service?.since];
  for (const list of [happenings, typed, journal]) if (Array.isArray(list)) times.push(...list.map(({ time }) => time));
  for (const { from, until } of Array.isArray(stops) ? stops : []) times.push(from, until ?? '0');
  return (
    typeof pid === 'number' &&
    typeof cwd === 'string' &&
    ['running', 'stopped', 'failed'].includes(service?.state as string) &&
    typeof service?.pid === 'number' &&
    typeof service.loaded === 'object' &&
    (service.loaded as unknown) !== null &&
    typeof service.read === 'object' &&
    (service.read as unknown) !== null &&
    lists.every((list) => Array.isArray(list)) &&
    times.every((time) => typeof time === 'string' && /^\d{1,19}$/.test(time))
  );
}

/**
 * Opens a node with the files of a task, as it was left or as it is in the beginning.
 *
 * @param service whether Falco runs in the beginning
 */
export function openNode(machine: NodeMachine, files: MachineFiles, service: 'running' | 'stopped'): Emulated {
  const state = readNodeState(files);
  const shown = new Map(files);
  shown.delete(NODE_PATH);
  shown.delete(CLUSTER_PATH);
  const sheet = files.get(CLUSTER_PATH);
  const objects: Plain = sheet === undefined ? derivedObjects(machine.containers) : readPlain(CLUSTER_PATH, sheet);
  const now = state === undefined ? machine.tape.startTime - LEAD : BigInt(state.now);
  const node = new Emulated(machine, {
    now,
    files: new FileTree(shown, state?.folders),
    cluster: new Cluster(machine.containers, objects, stopsOf(state)),
    journal: state?.journal.map((one) => ({ ...one, time: BigInt(one.time) })) ?? [],
    typed: state?.typed.map((one) => ({ ...one, time: BigInt(one.time) })) ?? [],
    happenings: state?.happenings.map((one) => ({ ...one, time: BigInt(one.time) })) ?? [],
    pid: state?.pid ?? FIRST_PID,
  });
  node.cluster.settle(now);
  if (state === undefined) boot(node, service);
  else {
    node.cwd = node.files.isFolder(state.cwd) ? state.cwd : '/root';
    const { service: unit } = state;
    node.service.resume(unit.state, BigInt(unit.since), unit.pid, loadedOf(node, unit.loaded), unit.read);
  }
  return node;
}

function stopsOf(state: NodeState | undefined): Stop[] {
  return (state?.stops ?? []).map(({ container, from, until }) => ({
    container,
    from: BigInt(from),
    until: until === null ? undefined : BigInt(until),
  }));
}

/** The service was started when the machine was. */
function boot(node: Emulated, service: 'running' | 'stopped'): void {
  if (service === 'stopped') return;
  node.service.boot(node.now - UPTIME);
}

function loadedOf(node: Emulated, differing: NodeState['service']['loaded']): Map<string, string> {
  const files = node.files.all();
  for (const [path, text] of Object.entries(differing)) {
    if (text === null) files.delete(path);
    else files.set(path, String(text));
  }
  return files;
}

/** The files of a task with the node's state among them: what is graded, and what `openNode` goes on from. */
export function savedFiles(node: Emulated): Map<string, string> {
  const files = node.files.all();
  const { service, cluster } = node;
  const state: NodeState = {
    now: String(node.now),
    pid: node.lastPid,
    cwd: node.cwd,
    service: {
      state: service.state,
      since: String(service.since),
      pid: service.pid,
      loaded: differing(service.loaded, node.filesForFalco()),
      read: service.read,
    },
    happenings: node.happenings.map(({ time, what }) => ({ time: String(time), what })),
    typed: node.typed.map((one) => ({ ...one, time: String(one.time) })),
    stops: cluster.stops.map(({ container, from, until }) => ({
      container,
      from: String(from),
      until: until === undefined ? null : String(until),
    })),
    folders: node.files.made(),
    journal: node.journal.entries().map((one) => ({ ...one, time: String(one.time) })),
  };
  files.set(NODE_PATH, `${JSON.stringify(state)}\n`);
  if (isMapping(cluster.objects)) files.set(CLUSTER_PATH, yamlText(cluster.objects));
  return files;
}

/** Files that the running process has read otherwise than they are now, or would read now. */
function differing(loaded: MachineFiles | undefined, files: MachineFiles): Record<string, string | null> {
  if (loaded === undefined) return {};
  const [wasRead, isRead] = [readByFalco(loaded), readByFalco(files)];
  const paths = [...new Set([...loaded.keys(), ...files.keys()])].filter((path) => wasRead(path) || isRead(path));
  return Object.fromEntries(
    paths.flatMap((path) => {
      const text = loaded.get(path);
      return text === files.get(path) ? [] : [[path, text ?? null] as const];
    }),
  );
}
