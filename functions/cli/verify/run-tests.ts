import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SuiteReport, TestResult } from '../../../engine/suite/result.ts';
import { Verification, type VerifyInput, type VerifyOptions } from '../../../engine/verify.ts';
import { BUILT_FOLDER, ROOT } from '../built.ts';
import { diskFiles } from './disk-files.ts';

/** Tests that one thread does in the time in which another thread would load the rules. */
const TESTS_PER_THREAD = 150;
/** More threads than this gain nothing: each loads the rules anew. */
const MAX_THREADS = 8;

/** What a thread needs to run its share; all of it can be sent. */
export interface Share {
  readonly inputs: readonly { readonly kind: VerifyInput['kind']; readonly name: string; readonly text: string }[];
  readonly variables: ReadonlyMap<string, string>;
  readonly rules:
    | {
        readonly sources: readonly { readonly name: string; readonly text: string }[];
        readonly configuration: NonNullable<VerifyOptions['rules']>['configuration'];
      }
    | undefined;
  /** Number of the next test that nobody has taken. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** What a thread answers for each test that it took. */
export interface ShareResult {
  readonly number: number;
  readonly results: readonly TestResult[];
}

/** Runs the tests of test files, on several threads where there are many, and reports in their order. */
export async function runTests(
  inputs: readonly VerifyInput[],
  options: VerifyOptions,
  threads?: number,
): Promise<{ readonly report: SuiteReport; readonly verification: Verification }> {
  const verification = new Verification(inputs, diskFiles(), options);
  const count = verification.tests.length;
  const wanted = threads ?? Math.min(availableParallelism(), MAX_THREADS, Math.ceil(count / TESTS_PER_THREAD));
  const results: (readonly TestResult[])[] = [];
  const next = new Int32Array(new SharedArrayBuffer(4));
  const share = shareOf(inputs, options, next);
  const others = Array.from({ length: Math.max(0, wanted - 1) }, () =>
    runThread(share, ({ number, results: found }) => (results[number] = found)),
  );
  await takeTests(verification, next, (number, found) => void (results[number] = found));
  await Promise.all(others);
  return { report: verification.report(results), verification };
}

/** Runs tests that nobody has taken until there are none. */
export async function takeTests(
  verification: Verification,
  next: Int32Array<SharedArrayBuffer>,
  take: (number: number, results: readonly TestResult[]) => void,
): Promise<void> {
  for (;;) {
    const number = Atomics.add(next, 0, 1);
    if (number >= verification.tests.length) return;
    take(number, await verification.run(number));
  }
}

function shareOf(
  inputs: readonly VerifyInput[],
  { variables, rules }: VerifyOptions,
  next: Int32Array<SharedArrayBuffer>,
): Share {
  return {
    inputs: inputs.map(({ kind, source: { name, text } }) => ({ kind, name, text })),
    variables: variables ?? new Map(),
    rules: rules && {
      sources: rules.sources.map(({ name, text }) => ({ name, text })),
      configuration: rules.configuration,
    },
    next,
  };
}

function runThread(share: Share, take: (result: ShareResult) => void): Promise<void> {
  // From a build as from sources: the thread is started from what this module was started from.
  const isBuilt = import.meta.url.endsWith('.js');
  const path = isBuilt ? join(ROOT, BUILT_FOLDER, 'verify/thread.js') : join(ROOT, 'functions/cli/verify/thread.ts');
  return new Promise((resolve, reject) => {
    const worker = new Worker(path, { workerData: share });
    worker.on('message', take);
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
  });
}
