import { githubText } from '../../../engine/suite/formats/github.ts';
import { junitText } from '../../../engine/suite/formats/junit.ts';
import { sarifText } from '../../../engine/suite/formats/sarif.ts';
import { tapText } from '../../../engine/suite/formats/tap.ts';
import type { SuiteReport } from '../../../engine/suite/result.ts';
import { CREANCE_VERSION } from '../../version.ts';
import type { Given, Terminal } from '../command.ts';
import { OutputFile } from '../output-file.ts';
import { reportText } from './report-text.ts';

/** Writes the reports that flags ask for; the one for people unless another takes standard output. */
export async function writeReports(report: SuiteReport, given: Given, terminal: Terminal): Promise<void> {
  const files = [
    [given.flag('junit'), () => junitText(report)],
    [given.flag('sarif'), () => sarifText(report, CREANCE_VERSION)],
  ] as const;
  for (const [path, text] of files) if (path !== undefined) await writeFile(path, text(), terminal);
  if (files.some(([path]) => path === '-')) return;
  if (given.has('json')) return terminal.write(`${JSON.stringify(report)}\n`);
  if (given.has('tap')) return terminal.write(tapText(report));
  const options = { color: terminal.color, coverage: given.has('coverage'), verbose: given.has('verbose') };
  await terminal.write(reportText(report, options));
  if (given.has('github') || process.env.GITHUB_ACTIONS === 'true') await terminal.write(githubText(report));
}

/** Writes a text to a file, or to standard output for `-`. */
export async function writeFile(path: string, text: string, terminal: Terminal): Promise<void> {
  const file = new OutputFile(path, terminal);
  await file.write(Buffer.from(text));
  await file.end();
}
