import { UsageError, type Flag, type Given } from './command.ts';

/** `-t`, for commands that run a trace. */
export const TRACE_FLAG: Flag = {
  name: 'trace',
  short: 't',
  value: 'TRACE',
  help: 'a capture (scap or jsonl, gzipped or not), a scenario (.yaml), or - for standard input',
};

/** The trace that `-t` names; it must be given. */
export function traceOf(given: Given): string {
  const path = given.flag('trace');
  if (path === undefined) throw new UsageError('-t TRACE is missing');
  return path;
}
