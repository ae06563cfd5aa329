import { ROOT } from './built.ts';
import type { Given } from './command.ts';
import { join } from 'node:path';

/** The loader that is to be started: `--loader`, else what `CREANCE_LOADER` names, else what the build made. */
export function loaderOf(given: Given): string {
  return given.flag('loader') ?? process.env['CREANCE_LOADER'] ?? join(ROOT, 'dist/agent/creance-recorder');
}
