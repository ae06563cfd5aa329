/**
 * `npm run demo:agent`, as root: the agent records a container that is broken into and entered, and sends it to a service;
 * the rules find both there. Exits 1 where something is not so, 3 where this machine can't record.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFORMANCE } from '../../conformance/folder.ts';
import { makeRoot } from '../../recordings/root.ts';
import { reasonNotToRecord } from '../../recordings/recorder.ts';
import { DebianContainer } from './debian-container.ts';
import { demo } from './demo.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const rules = join(CONFORMANCE, 'rules/falco_rules.yaml');
const upstream = existsSync(rules) ? rules : undefined;

async function main(): Promise<number> {
  const reason = reasonNotToRecord();
  if (reason !== undefined) {
    say(`nothing can be recorded here: ${reason}`);
    return 3;
  }
  makeRoot(say);
  if (upstream === undefined) say('conformance data not present: the rules that come with Falco are not tried');
  const folder = mkdtempSync(join(tmpdir(), 'creance-demo-'));
  try {
    const makeContainer = (path: string): DebianContainer => new DebianContainer(path);
    const findings = await demo({ folder, upstream, makeContainer, say });
    say('');
    for (const { what, isMet } of findings) say(`${isMet ? 'ok' : 'NO'}  ${what}`);
    return findings.every(({ isMet }) => isMet) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
