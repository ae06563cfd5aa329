import { hasErrors } from '../../engine/model/diagnostic.ts';
import { EXIT, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { OutputFile } from './output-file.ts';
import { readSource } from './rule-files.ts';

/** True where `convert` turns a suite into scenarios: both names end as YAML does, or the output is a folder of such. */
export function isSuite(input: string, output: string): boolean {
  return /\.ya?ml$/.test(input) && (/\.ya?ml$/.test(output) || output === '-');
}

/**
 * Turns a suite of event-generator into scenarios: into the file named, or where there are several into files beside
 * it, each with the name of its test in it.
 */
export async function convertSuite(input: string, output: string, terminal: Terminal): Promise<number> {
  const { importSuite } = await import('../../engine/scenario/import/import-suite.ts');
  const { stories, diagnostics } = importSuite(readSource(input));
  reportDiagnostics(diagnostics, terminal);
  if (hasErrors(diagnostics)) return EXIT.NO;
  const isOne = stories.length === 1 || output === '-';
  for (const [index, { name, text }] of stories.entries()) {
    if (output === '-') {
      await terminal.write(index === 0 ? text : `---\n${text}`);
      continue;
    }
    const path = isOne ? output : output.replace(/(\.ya?ml)$/, `.${name}$1`);
    const target = new OutputFile(path, terminal);
    await target.write(new TextEncoder().encode(text));
    await target.end();
    terminal.note(`${path}\n`);
  }
  return EXIT.YES;
}
