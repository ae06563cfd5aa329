import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEXT = readFileSync(`${ROOT}SECURITY.md`, 'utf8');

describe('SECURITY.md', () => {
  it('answers each of the ten risks, and names tests that are there', () => {
    for (let risk = 1; risk <= 10; risk++) expect(TEXT).toMatch(new RegExp(`^\\| API${risk} .*\\| \`test/`, 'm'));
    const named = [...TEXT.matchAll(/`((?:test|engine|functions|infra)\/[\w./-]+)`/g)].map(
      ([, path]) => path as string,
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(ROOT + path))).toEqual([]);
  });
});
