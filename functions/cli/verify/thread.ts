import { parentPort, workerData } from 'node:worker_threads';
import { Source } from '../../../engine/model/source.ts';
import { Verification } from '../../../engine/verify.ts';
import { diskFiles } from './disk-files.ts';
import { takeTests, type Share, type ShareResult } from './run-tests.ts';

/** A thread that runs a share of the tests; see `runTests`. */
const { inputs, variables, rules, next } = workerData as Share;
const sourceOf = ({ name, text }: { readonly name: string; readonly text: string }): Source => new Source(name, text);
const verification = new Verification(
  inputs.map((input) => ({ kind: input.kind, source: sourceOf(input) })),
  diskFiles(),
  {
    variables,
    rules: rules && { sources: rules.sources.map((source) => sourceOf(source)), configuration: rules.configuration },
  },
);
await takeTests(verification, next, (number, results) => {
  parentPort?.postMessage({ number, results } satisfies ShareResult);
});
