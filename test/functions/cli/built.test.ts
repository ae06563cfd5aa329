import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { freshBuild, inputOf, INPUTS_FILE } from '../../../functions/cli/built.ts';

const root = mkdtempSync(join(tmpdir(), 'creance-built-'));
const source = join(root, 'source.ts');

describe('a built command line', () => {
  beforeEach(() => {
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    writeFileSync(source, 'const a = 1;');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('is not looked for where nothing was built', () => {
    expect(freshBuild(root)).toBeUndefined();
  });

  it('is used as long as its sources are what they were', () => {
    pretendToBuild();
    expect(freshBuild(root)).toMatch(/^file:.*\/dist\/cli\/command-line\.js$/);
  });

  it('is not used when a source has changed', () => {
    pretendToBuild();
    writeFileSync(source, 'const a = 12;');
    expect(freshBuild(root)).toBeUndefined();
  });

  it('is not used when a source was replaced by an older one of the same size', () => {
    pretendToBuild();
    utimesSync(source, 1, 1);
    expect(freshBuild(root)).toBeUndefined();
  });

  it('is not used when a source is gone', () => {
    pretendToBuild();
    rmSync(source);
    expect(freshBuild(root)).toBeUndefined();
  });
});

function pretendToBuild(): void {
  mkdirSync(join(root, 'dist/cli'), { recursive: true });
  writeFileSync(join(root, INPUTS_FILE), JSON.stringify([inputOf('source.ts', root)]));
}
