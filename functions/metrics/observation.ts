/**
 * Something that happened in the background and is counted: plain data, so that a thread can tell it to the process that
 * started it. Durations are in seconds.
 */
export type Observation =
  /** A run was begun. */
  | { readonly what: 'run begun'; readonly kind: RunKind }
  /** A run ended, so long after it was begun. */
  | {
      readonly what: 'run ended';
      readonly kind: RunKind;
      readonly state: 'done' | 'failed' | 'cancelled';
      readonly seconds: number;
    }
  /** A shard was run to its end, or ended in the middle because nobody wants it any more. */
  | {
      readonly what: 'shard';
      readonly kind: RunKind;
      readonly result: 'done' | 'cancelled';
      readonly seconds: number;
    }
  /** A try to run a shard failed, or it is not tried any more. */
  | { readonly what: 'shard failed'; readonly result: 'failed' | 'given_up' }
  /** A webhook was told of a run, or could not be. */
  | {
      readonly what: 'delivery';
      readonly format: 'run' | 'falco';
      readonly state: 'delivered' | 'failed';
      readonly messages: number;
      readonly seconds: number;
    }
  /** A segment of a trace was read for its index, or reading it failed, as when the store does not answer. */
  | { readonly what: 'segment'; readonly result: 'read' | 'failed'; readonly seconds: number };

/** What a run runs: a suite, or the answer to a request. */
type RunKind = 'suite' | 'request';

/** Counts what happened. */
export type Observe = (observation: Observation) => void;
