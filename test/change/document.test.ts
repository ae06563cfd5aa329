import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LIBRARY } from '../library.ts';
import { creance } from '../functions/cli/terminal-double.ts';

describe('the worked example of scenarios/DIFF.md', () => {
  const text = readFileSync(join(LIBRARY, 'DIFF.md'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'creance-diff-document-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [, name, body] of text.matchAll(/^```yaml (\S+)\n([^]*?)^```$/gm)) {
    mkdirSync(dirname(join(folder, name as string)), { recursive: true });
    writeFileSync(join(folder, name as string), body as string);
  }

  const shown = [...text.matchAll(/^```console\n\$ creance (.*)\n([^]*?)^```$/gm)];

  it('is there', () => {
    expect(shown.length).toBeGreaterThan(0);
  });

  it.each(shown.map(([, command, output]) => [command as string, output as string]))(
    'prints what it shows: %s',
    async (command, output) => {
      const words = command.split(' ').map((word) => (/^(before|after|corpus)/.test(word) ? join(folder, word) : word));
      const { code, out } = await creance(words);
      expect(code).toBe(0);
      expect(out.replaceAll(`${folder}/`, '')).toBe(output);
    },
  );
});
