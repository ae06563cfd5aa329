import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { BUILT_FOLDER, inputOf, INPUTS_FILE, ROOT, type Input } from './built.ts';

/** What becomes part of the build. The service beside it finds its files by where its modules lie, so it stays there. */
const BUNDLED = /\/(engine|functions\/(cli|client|gunzip)|node_modules)\/|\/functions\/(store\/scope|version)\.ts$/;

/** Builds the command line into `dist/cli`, which `main.ts` prefers as long as no source changes. */
async function build(): Promise<void> {
  const started = Date.now();
  const { build: bundle, stop } = await import('esbuild');
  const folder = join(ROOT, BUILT_FOLDER);
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await bundle({
    absWorkingDir: ROOT,
    // The last two are where threads begin.
    // The entry that npm links is built too: Node takes 40 ms to strip the types of a single file.
    entryPoints: {
      creance: 'functions/cli/main.ts',
      'command-line': 'functions/cli/command-line.ts',
      'detect-thread': 'functions/cli/detect-thread.ts',
      'verify/thread': 'functions/cli/verify/thread.ts',
    },
    outdir: folder,
    bundle: true,
    // A command loads what it needs and no more, as it does without a build.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    metafile: true,
    logLevel: 'error',
    plugins: [KEEP_SERVICE_OUT],
  });
  // Its helper process would outlive the build.
  await stop();
  const inputs = Object.keys(metafile.inputs).map((path) => inputOf(path) as Input);
  if (inputs.some(([, , changed]) => changed >= started))
    throw new Error('sources changed while they were being built');
  const draft = join(folder, `inputs.${process.pid}`);
  writeFileSync(draft, JSON.stringify(inputs));
  renameSync(draft, join(ROOT, INPUTS_FILE));
}

const KEEP_SERVICE_OUT: Plugin = {
  name: 'keep-service-out',
  setup(hooks) {
    hooks.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const target = resolve(resolveDir, path);
      return BUNDLED.test(target) ? undefined : { path: relative(join(ROOT, BUILT_FOLDER), target), external: true };
    });
  },
};

await build();
