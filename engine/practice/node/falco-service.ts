import { timeOfDay } from '../../fields/evt/time-text.ts';
import { textHash } from '../../model/text-hash.ts';
import { loadStack } from '../rule-stack.ts';
import { CONFIGURATION_PATH, type MachineFiles } from '../task.ts';
import type { Emulated } from './emulated.ts';
import { logTime } from './date-text.ts';
import { falcoStart, type FalcoStart } from './falco-log.ts';
import { readOutputs, type FalcoOutputs } from './falco-outputs.ts';
import { FalcoProcess } from './falco-process.ts';

/** How the unit stands. */
export type ServiceState = 'running' | 'stopped' | 'failed';

/** What happened to the service. */
export type Happening = 'start' | 'stop' | 'restart' | 'reload' | 'fail';

/** How long Falco waits for more changes before it looks at files that it watches, nanoseconds. */
const WATCH_DELAY = 200_000_000n;
const STARTED = 'Started falco.service - Falco watches what containers do.';
const STOPPING = 'Stopping falco.service - Falco watches what containers do...';
const RESTART_FAILURE = 'Falco internal: hot restart failure';

/** Falco as a service of systemd: its unit, its process, the files that the process has loaded. */
export class FalcoService {
  readonly #node: Emulated;
  state: ServiceState = 'stopped';
  /** Since when it is so, nanoseconds since the epoch. */
  since = 0n;
  pid = 0;
  /** Files as they were when it last read them. */
  #loaded: MachineFiles | undefined;
  #process: FalcoProcess | undefined;
  #read: Readonly<Record<string, number>> = {};
  /** What the watched files held when they were last looked at. */
  #seen = '';
  #seenChanges = -1;
  /** When it looks at them, once it was told of a change. */
  #checksAt: bigint | undefined;

  constructor(node: Emulated) {
    this.#node = node;
  }

  /** The files that the running process has read; undefined where none runs. */
  get loaded(): MachineFiles | undefined {
    return this.state === 'running' ? this.#loaded : undefined;
  }

  /** Files that the running process has read, each with the hash of its text. */
  get read(): Readonly<Record<string, number>> {
    return this.state === 'running' ? this.#read : {};
  }

  /**
   * Takes up a service as it was left.
   *
   * @param read what it had read; what is otherwise now was changed while nobody was there
   */
  resume(
    state: ServiceState,
    since: bigint,
    pid: number,
    loaded: MachineFiles | undefined,
    read: Readonly<Record<string, number>>,
  ): void {
    this.state = state;
    this.since = since;
    this.pid = pid;
    if (state !== 'running' || loaded === undefined) return;
    const stack = loadStack(loaded);
    if (stack.ruleSet === undefined) return void (this.state = 'failed');
    this.#take(loaded, new FalcoProcess(this.#node, stack, outputsOf(loaded), '/', 'falco', pid));
    if (unread(read, loaded).length === 0) return;
    this.#read = read;
    // It is noticed at the next tick.
    this.#seen = '';
  }

  /** Starts it as the machine did, some time ago. */
  boot(since: bigint): void {
    this.pid = this.#node.nextPid();
    this.since = since;
    this.#node.log('systemd', 1, STARTED, since, 'falco');
    this.#begin(this.#node.filesForFalco(), since);
  }

  /** Starts it; false when it failed at once. */
  start(what: 'start' | 'restart' = 'start'): boolean {
    if (this.state === 'running') return true;
    this.#node.happened(what);
    const pid = this.#node.nextPid();
    const { now } = this.#node;
    this.#node.log('systemd', 1, STARTED, now, 'falco');
    this.pid = pid;
    this.since = now;
    return this.#begin(this.#node.filesForFalco(), now);
  }

  stop(what: 'stop' | 'restart' = 'stop'): void {
    if (what === 'stop') this.#node.happened('stop');
    if (this.state !== 'running') return void (this.state = 'stopped');
    const { now } = this.#node;
    this.#node.log('systemd', 1, STOPPING, now, 'falco');
    this.#say(['SIGINT received, exiting...']);
    this.#node.log('systemd', 1, 'falco.service: Deactivated successfully.', now, 'falco');
    this.#end('stopped');
  }

  /** SIGHUP. Without files to watch Falco does not listen to it. */
  hangUp(): void {
    if (this.state === 'running' && this.#process?.outputs.watches === true)
      this.#checksAt = this.#node.now + WATCH_DELAY;
  }

  /** SIGKILL, which systemd counts as a failure. */
  kill(): void {
    if (this.state !== 'running') return;
    const { now } = this.#node;
    this.#node.log('systemd', 1, `falco.service: Main process exited, code=killed, status=9/KILL`, now, 'falco');
    this.#node.log('systemd', 1, "falco.service: Failed with result 'signal'.", now, 'falco');
    this.#end('failed');
  }

  /** Lets the process hear of events, and look at the files that it watches. */
  catchUp(): void {
    if (this.state !== 'running') return;
    this.#process?.catchUp();
    this.#watch();
  }

  #watch(): void {
    if (this.#process?.outputs.watches !== true) return;
    if (this.#node.files.changes !== this.#seenChanges) this.#look();
    if (this.#checksAt !== undefined && this.#node.now >= this.#checksAt) this.#reload();
  }

  #look(): void {
    this.#seenChanges = this.#node.files.changes;
    const seen = this.#watched();
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#checksAt = this.#node.now + WATCH_DELAY;
  }

  /** A dry run first: what would not start changes nothing, and an alert tells of it. */
  #reload(): void {
    this.#checksAt = undefined;
    const files = this.#node.filesForFalco();
    const { error } = falcoStart(loadStack(files), CONFIGURATION_PATH);
    if (error !== undefined) {
      const { now } = this.#node;
      this.#process?.say(`${timeOfDay(now, 0, true)}: Critical ${RESTART_FAILURE}: ${error} ()`, now);
      return;
    }
    this.#node.happened('reload');
    this.#say(['SIGHUP received, restarting...']);
    this.#begin(files, this.#node.now);
  }

  #begin(files: MachineFiles, time: bigint): boolean {
    const stack = loadStack(files);
    const start: FalcoStart = falcoStart(stack, CONFIGURATION_PATH);
    const outputs = outputsOf(files);
    this.#write(outputs, start.log, time);
    if (start.error === undefined) {
      this.state = 'running';
      this.#take(files, new FalcoProcess(this.#node, stack, outputs, '/', 'falco', this.pid));
      return true;
    }
    this.#node.log('falco', this.pid, `Error: ${start.error}`, time);
    this.#node.log('systemd', 1, 'falco.service: Main process exited, code=exited, status=1/FAILURE', time, 'falco');
    this.#node.log('systemd', 1, "falco.service: Failed with result 'exit-code'.", time, 'falco');
    this.#node.happened('fail');
    this.#end('failed');
    this.since = time;
    return false;
  }

  #take(files: MachineFiles, process: FalcoProcess): void {
    this.#loaded = files;
    this.#process = process;
    this.#seen = this.#watched();
    this.#read = hashesOf(files);
  }

  #end(state: ServiceState): void {
    this.state = state;
    this.since = this.#node.now;
    this.#process = undefined;
    this.#loaded = undefined;
    this.#checksAt = undefined;
  }

  #say(lines: readonly string[]): void {
    if (this.#process !== undefined) this.#write(this.#process.outputs, lines, this.#node.now);
  }

  /** Log lines reach the journal by the standard error of the service, or by syslog. */
  #write({ logStderr, logSyslog }: FalcoOutputs, lines: readonly string[], time: bigint): void {
    for (const line of lines.flatMap((text) => text.split('\n'))) {
      if (logStderr) this.#node.log('falco', this.pid, `${logTime(time)}: ${line}`, time);
      if (logSyslog) this.#node.log('falco', this.pid, line, time);
    }
  }

  /** What stands in the configuration and in the rule files, and in which files. */
  #watched(): string {
    const files = this.#node.filesForFalco();
    const isRead = readByFalco(this.#loaded ?? files);
    return [...files].flatMap(([path, text]) => (isRead(path) ? [`${path}\n${text}`] : [])).join('\0');
  }
}

/** Paths of files that Falco would read otherwise now than it has. */
export function unread(read: Readonly<Record<string, number>>, files: MachineFiles): string[] {
  const changed = Object.keys(read).filter((path) => textHash(files.get(path) ?? '\0') !== read[path]);
  const added = Object.keys(hashesOf(files)).filter((path) => !Object.hasOwn(read, path));
  return [...changed, ...added].toSorted();
}

function hashesOf(files: MachineFiles): Record<string, number> {
  const isRead = readByFalco(files);
  return Object.fromEntries(
    [...files].flatMap(([path, text]) => (isRead(path) ? [[path, textHash(text)] as const] : [])),
  );
}

/** Which files a Falco reads that starts with these: its configuration, rule files, those in folders of rules. */
export function readByFalco(files: MachineFiles): (path: string) => boolean {
  const { sources, configuration } = loadStack(files);
  const names = new Set([CONFIGURATION_PATH, ...sources.map(({ name }) => name)]);
  const folders = (configuration?.rulesFiles ?? []).map((path) => (path.endsWith('/') ? path : `${path}/`));
  return (path) => names.has(path) || folders.some((folder) => path.startsWith(folder) && /\.ya?ml$/.test(path));
}

function outputsOf(files: MachineFiles): FalcoOutputs {
  return readOutputs(files.get(CONFIGURATION_PATH) ?? '');
}
