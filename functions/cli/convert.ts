import { hasErrors } from '../../engine/model/diagnostic.ts';
import { EXIT, type Command, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { convertSuite, isSuite } from './import-suite.ts';
import { OutputFile } from './output-file.ts';
import { COMPAT_FLAG, ENCODING_FLAG, targetEncoding } from './target-encoding.ts';
import { feedCapture } from './trace-input.ts';

/** `creance convert IN OUT`. */
export const CONVERT: Command = {
  name: 'convert',
  summary: 'turn a trace into another encoding, or a suite into scenarios',
  usage: 'IN OUT',
  about:
    'Reads a trace of any age and encoding (scap or jsonl, gzipped or not) and writes it in the layout of today: as scap, which Falco, sysdig and Stratoshark read, or as jsonl, one record a line, which people read and edit. OUT ends in .scap or .jsonl, and .gz behind it gzips; - is standard output. Readers older than 2025, such as the sysdig of Debian, need --compat: it adds the entry events that they expect, and says what they can not be shown.\n\nA suite of event-generator (tests: in YAML) becomes scenarios: OUT.yaml, or OUT.TEST.yaml for each of several tests. What a scenario can not say stands in it as a comment, with the line in the suite.',
  words: [2, 2],
  flags: [ENCODING_FLAG, COMPAT_FLAG],
  examples: [
    ['convert old.scap new.scap.gz', 'bring a capture of 2016 to the layout of today'],
    ['convert attack.scap.gz old.scap --compat', 'write a capture that the sysdig of Debian reads properly'],
    ['convert suite.yaml scenario.yaml', 'bring tests of event-generator along'],
    ['convert attack.scap.gz - --to jsonl | head', 'look into a capture'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [input, output] = given.words as [string, string];
  if (isSuite(input, output)) return convertSuite(input, output, terminal);
  const { Conversion } = await import('../../engine/convert.ts');
  const pending: Uint8Array[] = [];
  const conversion = new Conversion(targetEncoding(output, given), (bytes) => void pending.push(bytes));
  const target = new OutputFile(output, terminal);
  try {
    const found = await feedCapture(input, conversion, terminal, async () => {
      for (const bytes of pending.splice(0)) await target.write(bytes);
    });
    await target.end();
    const diagnostics = [...found, ...conversion.diagnostics];
    reportDiagnostics(diagnostics, terminal);
    return hasErrors(diagnostics) ? EXIT.UNREADABLE : EXIT.YES;
  } catch (error) {
    target.abandon();
    throw error;
  }
}
