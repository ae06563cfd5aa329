#!/usr/bin/env node
import * as modules from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { CODE_CACHE, freshBuild, SOURCES } from './built.ts';

// A run is over in a second, of which V8 would spend a third to optimise, much of it code that is hardly needed again. It
// is to wait a little longer, which takes 7 % off. Only the V8 that this was measured on is sure to know the words.
if (process.versions.node.startsWith('24.')) {
  setFlagsFromString('--invocation-count-for-maglev=2000');
  setFlagsFromString('--invocation-count-for-turbofan=20000');
}
// Half of a short run was to strip and compile three hundred modules. The cache spares what it can where nothing was built.
// Node 20, on which the built command line runs too, has none.
modules.enableCompileCache?.(CODE_CACHE);
await import(freshBuild() ?? SOURCES);
