import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who holds the store of a directory. */
export interface LockHolder {
  /** The process that serves, and those it started to serve; the store is free when none of them runs. */
  readonly processes: readonly LockedProcess[];
  /** `npm start` or `creance serve`, for the message. */
  readonly command: string;
  readonly url: string;
}

/** A process, told from a later one of the same number by when it started. */
export interface LockedProcess {
  readonly pid: number;
  /** Start in the kernel's ticks since boot; undefined where the system doesn't tell. */
  readonly started: string | undefined;
}

/** The store is in use; the message says by whom. */
export class LockedError extends Error {
  readonly holder: LockHolder;

  constructor(directory: string, holder: LockHolder) {
    const pid = holder.processes[0]?.pid;
    super(`${directory} is in use by ${holder.command} (process ${pid}) at ${holder.url}: stop it first`);
    this.holder = holder;
  }
}

/** A lock that is held. */
export interface Lock {
  /** Adds a process that serves from the same directory and might outlive this one. */
  include(pid: number): void;
  release(): void;
}

/**
 * Takes the lock of a persistence directory, creating the directory. Two servers on one directory would each miss
 * what the other does. A lock whose processes are gone is stale and is replaced; throws LockedError otherwise.
 */
export function takeLock(directory: string, command: string, url: string): Lock {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'lock');
  let holder: LockHolder = { processes: [processOf(process.pid)], command, url };
  while (!create(path, holder)) {
    const text = readText(path);
    if (text === undefined) continue;
    const other = parse(text);
    if (other?.processes.some(isRunning)) throw new LockedError(directory, other);
    removeStale(path, text);
  }
  return {
    include(pid) {
      holder = { ...holder, processes: [...holder.processes, processOf(pid)] };
      writeFileSync(path, JSON.stringify(holder));
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** Creates the lock whole or not at all: another process must never read half of it. */
function create(path: string, holder: LockHolder): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Removes the lock that was read, unless another process replaced it meanwhile. */
function removeStale(path: string, text: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) !== text) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function parse(text: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<LockHolder>;
    return Array.isArray(holder.processes) ? (holder as LockHolder) : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isRunning({ pid, started }: LockedProcess): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const found = inKernel(pid);
  // A zombie has ended; its parent just hasn't asked yet.
  return found === undefined || (found.state !== 'Z' && (started === undefined || started === found.started));
}

function processOf(pid: number): LockedProcess {
  return { pid, started: inKernel(pid)?.started };
}

/** Fields 3 and 22 of `/proc/<pid>/stat` (proc(5)); the name in field 2 may hold blanks and brackets. */
function inKernel(pid: number): { state: string | undefined; started: string | undefined } | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], started: fields[19] };
}
