import { examine } from '../../agent/doctor/doctor.ts';
import type { Finding } from '../../agent/doctor/finding.ts';
import { loaderOf } from './agent-loader.ts';
import { EXIT, type Given, type Terminal } from './command.ts';

const MARK: Readonly<Record<Finding['state'], string>> = { good: 'ok', limited: '!', bad: 'no' };

/** `creance agent doctor`: exit code 1 when this machine can't be recorded. */
export async function doctorCommand(given: Given, terminal: Terminal): Promise<number> {
  const findings = examine(loaderOf(given));
  await terminal.write(given.has('json') ? `${JSON.stringify(findings)}\n` : findingsText(findings));
  return findings.some(({ state }) => state === 'bad') ? EXIT.NO : EXIT.YES;
}

function findingsText(findings: readonly Finding[]): string {
  const wide = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.flatMap(({ what, state, found, fix }) => [
    `${MARK[state].padEnd(3)} ${what.padEnd(wide)}  ${found}`,
    ...(fix === '' ? [] : [`    ${' '.repeat(wide)}  -> ${fix}`]),
  ]);
  const isBad = findings.some(({ state }) => state === 'bad');
  return [...lines, '', isBad ? 'this machine can not be recorded' : 'this machine can be recorded', ''].join('\n');
}
