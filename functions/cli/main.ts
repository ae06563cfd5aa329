#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { CODE_CACHE, freshBuild } from './built.ts';

// Half of a short run was to strip and compile three hundred modules. The cache spares what it can where nothing was built.
enableCompileCache(CODE_CACHE);
const built = freshBuild();
await (built === undefined ? import('./command-line.ts') : import(built));
