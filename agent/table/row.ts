import type { Record } from '../stream/record.ts';
import type { EventOutput } from '../transcode/event-output.ts';

/** What the kernel part collects for a parameter; kinds as agent/kernel/table.h numbers them. */
export interface Step {
  readonly kind: (typeof STEP)[keyof typeof STEP];
  readonly a: number;
  readonly b: number;
}

/** Kinds of steps. */
export const STEP = {
  TEXT: 1,
  VALUE: 2,
  DATA: 3,
  VECTOR: 4,
  MESSAGE: 5,
  FILE: 6,
  SOCKET: 7,
  PROCESS: 8,
  MEMORY: 9,
  RIGHTS: 10,
  ADDRESS: 11,
  ARGS: 12,
  ENV: 13,
  LIST: 14,
} as const;

/** Set in a step's first operand: only where the call succeeded. */
export const ON_SUCCESS = 8;

/** Classes of syscalls, by which losses are counted. */
export const CATEGORIES = ['other', 'file', 'close', 'transfer', 'network', 'process', 'identity', 'memory'] as const;

/** One of them. */
export type Category = (typeof CATEGORIES)[number];

/** Where a parameter stands: the event's code and the parameter's place in it. */
export interface Place {
  readonly code: number;
  readonly index: number;
}

/** A parameter of a scap event: what it needs of the kernel, and how it is written from a record. */
export interface Param {
  readonly steps: readonly Step[];
  write(record: Record, output: EventOutput): void;
}

/** A parameter that depends on where it stands. */
export type ParamAt = (place: Place) => Param;

/** A syscall as it is recorded. */
export interface Row {
  readonly syscall: string;
  readonly number: number;
  readonly category: Category;
  /** Told of every process, whatever control groups are asked for: lineage needs it. */
  readonly isLife: boolean;
  /** The event that it becomes, without `PPME_`. */
  readonly symbol: string;
  readonly code: number;
  readonly params: readonly Param[];
  readonly steps: readonly Step[];
}

/** A row as it is written down: syscall, category, event, parameters in the event's order. */
export type RowSpec = readonly [
  syscall: string,
  category: Category,
  symbol: string,
  params: readonly ParamAt[],
  life?: 'life',
];
