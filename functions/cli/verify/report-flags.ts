import type { Flag } from '../command.ts';

/** Flags that say which reports are written. */
export const REPORT_FLAGS: readonly Flag[] = [
  { name: 'junit', value: 'FILE', help: 'write a JUnit report there too; - is standard output' },
  { name: 'sarif', value: 'FILE', help: 'write a SARIF report there too; - is standard output' },
  { name: 'tap', help: 'print TAP in place of the report for people' },
  {
    name: 'github',
    help: 'print annotations of GitHub Actions too; they come by themselves where GITHUB_ACTIONS is set',
  },
  { name: 'coverage', help: 'show the whole table of rules also when something failed' },
  { name: 'verbose', short: 'v', help: 'name the tests that passed, too' },
];
