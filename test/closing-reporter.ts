import type { Reporter, TestModule } from 'vitest/node';

/** The one reason for which a test may be skipped where everything else is installed. */
const ALLOWED = 'conformance data not present';

/**
 * Closes a run with plain counts and names every reason for a skip. In continuous integration (`CI` set) a skip for any
 * other reason than absent conformance data fails the run: there everything that a test needs is installed.
 */
export class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = modules.filter((module) => module.state() === 'failed' && module.children.size === 0).length;
    const skipped = new Map<string, number>();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed++;
        else if (result.state === 'failed') failed++;
        else {
          const reason = (result.state === 'skipped' && result.note) || `no reason given: ${test.fullName}`;
          skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
        }
      }
    }
    for (const [reason, count] of skipped) console.log(`skipped ${count}: ${reason}`);
    const total = [...skipped.values()].reduce((sum, count) => sum + count, 0);
    console.log(`tests: ${passed} passed, ${failed} failed, ${total} skipped`);
    const forbidden = [...skipped.keys()].filter((reason) => reason !== ALLOWED);
    if (process.env.CI !== undefined && forbidden.length > 0) {
      console.error('A skipped test is a failure here.');
      process.exitCode = 1;
    }
  }
}
