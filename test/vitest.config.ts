import { defineConfig } from 'vitest/config';
import { ClosingReporter } from './closing-reporter.ts';

export default defineConfig({
  test: {
    reporters: ['default', new ClosingReporter()],
    projects: [
      {
        root: new URL('..', import.meta.url).pathname,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/workers/**'], testTimeout: 60_000 },
      },
    ],
  },
});
