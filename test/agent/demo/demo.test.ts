import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CONFORMANCE } from '../../conformance/folder.ts';
import { Container } from '../recording/container.ts';
import { describeRecording, inFolder } from '../recording/recorder.ts';
import { demo, type DemoContainer } from './demo.ts';

/** When the server of the small container starts its shell, and a bit more. */
const SERVER_MS = 1_500;

/** The same with a program that is called nginx: a root of Debian takes minutes to make. */
function smallContainer(folder: string): DemoContainer {
  const container = new Container(folder);
  return {
    start: () => Promise.resolve(container.start()),
    takeOver: () => new Promise((resolve) => setTimeout(resolve, SERVER_MS)),
    openShell: (script) => container.openShell(script),
    remove: () => container.remove(),
  };
}

describeRecording('the demo of the agent', () => {
  it('finds both shells in the trace that the service was sent', { timeout: 60_000 }, async () => {
    await inFolder(async (folder) => {
      const rules = join(CONFORMANCE, 'rules/falco_rules.yaml');
      const upstream = existsSync(rules) ? rules : undefined;
      const findings = await demo({ folder, upstream, makeContainer: smallContainer, say: () => {} });
      expect(findings.filter(({ isMet }) => !isMet)).toEqual([]);
      expect(findings).toHaveLength(upstream === undefined ? 5 : 7);
    });
  });
});
