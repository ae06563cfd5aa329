import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { MAX_SYSCALLS } from './table/table.ts';

/** How the loader is started. */
export interface LoaderOptions {
  /** The loader's program. */
  readonly program: string;
  /** Numbers of the syscalls to be told. */
  readonly selected: readonly number[];
  readonly ringBytes: number;
  readonly snaplen: number;
  /** Control groups, by id and depth; all when empty. */
  readonly scopes: readonly { id: bigint; level: number }[];
  /** The state at start is read from /proc, also where the iterators can be had. */
  readonly byProc?: boolean;
  /** Who the loader becomes when the kernel part is attached. */
  readonly user: number;
}

/** A running loader. */
export type Loader = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts the loader: its standard output is the stream, its standard input takes commands. */
export function startLoader(options: LoaderOptions): Loader {
  const { program, selected, ringBytes, snaplen, scopes, user } = options;
  const words = ['--select', selectionText(selected), '--ring-bytes', String(ringBytes), '--snaplen', String(snaplen)];
  for (const { id, level } of scopes) words.push('--scope', `${id}:${level}`);
  if (options.byProc === true) words.push('--no-state');
  if (user !== 0) words.push('--user', String(user));
  // A group of its own: a terminal's Ctrl-C reaches the agent alone, which then ends the loader in order.
  return spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
}

/** Numbers of syscalls as the loader reads them: a bit each, in hexadecimal digits. */
export function selectionText(selected: readonly number[]): string {
  const bytes = new Uint8Array(MAX_SYSCALLS / 8);
  for (const number of selected) bytes[number >> 3] = (bytes[number >> 3] as number) | (1 << (number & 7));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
