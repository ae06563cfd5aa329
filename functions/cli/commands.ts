import { AGENT } from './agent.ts';
import { CHECK } from './check.ts';
import type { Command } from './command.ts';
import { CONVERT } from './convert.ts';
import { DESCRIBE } from './describe.ts';
import { DETECT } from './detect.ts';
import { DIFF } from './diff.ts';
import { EXPLAIN } from './explain.ts';
import { FILTER } from './filter.ts';
import { POLICY } from './policy.ts';
import { PRACTICE } from './practice.ts';
import { SERVE } from './serve.ts';
import { SIMULATE } from './simulate.ts';
import { VERIFY } from './verify.ts';
import { SUITE } from './suite.ts';
import { TOKEN } from './token.ts';
import { TRACE } from './trace.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  CHECK,
  DETECT,
  EXPLAIN,
  FILTER,
  SIMULATE,
  VERIFY,
  DIFF,
  PRACTICE,
  CONVERT,
  DESCRIBE,
  SERVE,
  AGENT,
  TRACE,
  POLICY,
  SUITE,
  TOKEN,
];
