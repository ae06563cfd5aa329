import { normalize } from 'node:path';
import { hasErrors } from '../../../engine/model/diagnostic.ts';
import { check } from '../../../engine/check.ts';
import { folderOf } from '../../../engine/suite/file-path.ts';
import { newTest } from '../../../engine/verify.ts';
import { EXIT, UnreadableError, UsageError, type Given, type Terminal } from '../command.ts';
import { rulesInput } from '../config-file.ts';
import { reportDiagnostics } from '../diagnostics.ts';
import { diskFiles, kindOf } from './disk-files.ts';
import { writeFile } from './write-reports.ts';

/** `--new TRACE`: makes a test that expects what the rules say of a recording or scenario now. */
export async function makeTest(path: string, given: Given, terminal: Terminal): Promise<number> {
  const paths = given.flags('rules');
  const config = given.flag('config');
  if (paths.length === 0 && config === undefined) throw new UsageError('--new needs -r RULES');
  if (kindOf(path) !== 'file') throw new UnreadableError(`${path}: no such file`);
  const input = await rulesInput(paths, given, terminal);
  if (typeof input === 'number') return input;
  const { sources, configuration } = input;
  const { ruleSet, results } = check(sources, configuration?.load);
  reportDiagnostics(
    results.flatMap(({ errors }) => errors),
    terminal,
  );
  if (ruleSet === undefined) return EXIT.NO;
  const output = given.flag('output') ?? '-';
  const { text, diagnostics } = await newTest(normalize(path), diskFiles(), {
    ruleSet,
    configuration,
    rules: paths.length > 0 ? paths.map((one) => normalize(one)) : sources.map(({ name }) => normalize(name)),
    config: config === undefined ? undefined : normalize(config),
    folder: output === '-' ? '' : folderOf(normalize(output)),
  });
  reportDiagnostics(diagnostics, terminal);
  if (text === undefined || hasErrors(diagnostics)) return EXIT.UNREADABLE;
  await writeFile(output, text, terminal);
  return EXIT.YES;
}
