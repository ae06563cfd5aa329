import {
  MAX_STORE_ANSWER_MS,
  MAX_STORE_RESUMES,
  MAX_STORE_TRIES,
  MAX_STORE_WAIT_MS,
  STORE_WAIT_MS,
} from '../../engine/model/limits.ts';

/** How long and how often the store is tried. All of it is bounded: a store that is ill costs a request its time, no more. */
export interface Patience {
  /** Times that one request is made. */
  readonly tries: number;
  /** How long the store may take to answer one of them, or to go on with a body, in milliseconds. */
  readonly answerMs: number;
  /** What is waited before the second time, in milliseconds; it doubles, and some of it is chance. */
  readonly waitMs: number;
  /** The longest wait, also where the store asks for more. */
  readonly maxWaitMs: number;
  /** Times that reading one object is gone on with after it broke off. */
  readonly resumes: number;
}

/** The patience of a service. */
export const PATIENCE: Patience = {
  tries: MAX_STORE_TRIES,
  answerMs: MAX_STORE_ANSWER_MS,
  waitMs: STORE_WAIT_MS,
  maxWaitMs: MAX_STORE_WAIT_MS,
  resumes: MAX_STORE_RESUMES,
};

/** Refusals whose reason may pass, though their status says that the request was wrong. */
const PASSING = new Set([
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'RequestTimeoutException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'InternalError',
  'ServiceUnavailable',
]);

/** What the SDK tells of an answer that is no success. */
interface StoreError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Makes a request to the store, again where the reason of a failure may pass: no connection, no answer in time, 5xx,
 * throttling, a clock that is wrong (the SDK has learned the store's time by then). The SDK itself would wait as long
 * as a store asks for, and for an answer without end.
 *
 * @param work given a signal that ends it, and which time this is, from 1; the signal is good until it resolves
 */
export async function patiently<T>(
  { tries, answerMs, waitMs, maxWaitMs }: Patience,
  work: (signal: AbortSignal, time: number) => Promise<T>,
): Promise<T> {
  for (let time = 1; ; time++) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), answerMs);
    try {
      return await work(controller.signal, time);
    } catch (error) {
      if (time >= tries || !mayPass(error as StoreError)) throw error;
      const chance = 0.5 + Math.random() / 2;
      const asked = 1_000 * Number((error as StoreError).$response?.headers?.['retry-after'] ?? 0) || 0;
      const wait = Math.min(maxWaitMs, Math.max(asked, waitMs * 2 ** (time - 1) * chance));
      await new Promise((resolve) => setTimeout(resolve, wait));
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The HTTP status of a refusal of the store; undefined where it gave no answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as StoreError).$metadata?.httpStatusCode;
}

function mayPass(error: StoreError): boolean {
  const status = statusOf(error);
  if (PASSING.has(error.name ?? '') || status === 408 || status === 429) return true;
  return status === undefined || status < 400 || status >= 500;
}
