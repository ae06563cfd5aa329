import type { Random } from './random.ts';

/** What a target is fed: a text that a user wrote, or bytes. */
export type Input = string | Uint8Array;

/** Longest input that is tried, in letters or bytes: what takes time by the square of its length is noticed by then. */
export const MAX_INPUT = 1024 * 1024;

/** What a run may say while it goes on. */
export interface Watch {
  /** Work of a known size was done that the input asked for, such as events played: so much more time is fine. */
  allow(milliseconds: number): void;
}

/** A part of Creance that takes what strangers give it. */
export interface Target<I extends Input = Input> {
  /** Name on the command line, and of the folder of its cases. */
  readonly name: string;
  readonly kind: I extends string ? 'text' : 'bytes';
  /** Inputs that take about a second, for the tests. */
  readonly brief: number;
  /** A new input, mostly well formed. */
  make(random: Random): I;
  /** An input with something changed. */
  change(input: I, random: Random): I;
  /**
   * Feeds an input. Whatever it throws is a finding.
   *
   * @returns words on what came out, to tell an input that reached something new: codes, messages, counts
   */
  run(input: I, watch: Watch): Iterable<string> | Promise<Iterable<string>>;
}

/** What a target promises does not hold; thrown by `run`, and a finding like any other thrown error. */
export class BrokenPromise extends Error {}

/** Throws unless a promise holds. */
export function promise(holds: boolean, what: string): void {
  if (!holds) throw new BrokenPromise(what);
}
