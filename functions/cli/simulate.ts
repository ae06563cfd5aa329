import { hasErrors } from '../../engine/model/diagnostic.ts';
import { CASE_FLAG, noteCases } from './case-flag.ts';
import { EXIT, type Command, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { OutputFile } from './output-file.ts';
import { readSource } from './rule-files.ts';
import { COMPAT_FLAG, ENCODING_FLAG, targetEncoding } from './target-encoding.ts';

/** `creance simulate SCENARIO -o TRACE`. */
export const SIMULATE: Command = {
  name: 'simulate',
  summary: 'play a scenario into a trace',
  usage: 'SCENARIO -o TRACE',
  about:
    'Plays an attack story (YAML, see scenarios/README.md) and writes the events that a kernel would have given, as scap or jsonl. The same scenario gives the same bytes, always.',
  words: [1, 1],
  flags: [
    { name: 'output', short: 'o', value: 'TRACE', help: 'where to write; - is standard output' },
    CASE_FLAG,
    ENCODING_FLAG,
    COMPAT_FLAG,
  ],
  examples: [
    ['simulate scenarios/shell-spawned-in-nginx/scenario.yaml -o attack.scap', 'a capture that Falco can read'],
    ['simulate scenarios/shell-spawned-in-nginx/scenario.yaml -o - --to jsonl', 'see every event'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const { simulate } = await import('../../engine/simulate.ts');
  const output = given.flag('output') ?? '-';
  const to = targetEncoding(output, given);
  const pending: Uint8Array[] = [];
  const path = given.words[0] as string;
  const read = { case: given.flag('case') };
  const played = simulate(readSource(path), to, (bytes) => void pending.push(bytes), read);
  const { diagnostics } = played;
  reportDiagnostics(diagnostics, terminal);
  if (hasErrors(diagnostics)) return EXIT.NO;
  noteCases(path, played, given, terminal);
  const target = new OutputFile(output, terminal);
  for (const bytes of pending) await target.write(bytes);
  await target.end();
  return EXIT.YES;
}
