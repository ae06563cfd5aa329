import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDrive, type Drive } from './drive.ts';

const folder = mkdtempSync(join(tmpdir(), 'creance-drives-'));
afterAll(() => rmSync(folder, { recursive: true }));

function drive(text: string): Drive {
  const path = join(folder, 'drive.yaml');
  writeFileSync(path, text);
  return readDrive('slug', path);
}

const WRONG: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ['a key that nobody knows', 'technique: T1\nattack: {}\nbenign: {}', /unknown technique/],
  ['no twin', 'attack: { steps: [] }', /benign: a mapping is missing/],
  [
    'a step that nobody knows',
    'attack: { steps: [{ apache runs: id }] }\nbenign: {}',
    /there is no step 'apache runs'/,
  ],
  ['two steps in one', 'attack: { steps: [{ ssh: id, exec: id }] }\nbenign: {}', /a step has one key/],
  ['a container that is otherwise', 'attack: { container: { cpu: 1 } }\nbenign: {}', /container: unknown cpu/],
];

describe('a drive', () => {
  it.each(WRONG)('is refused with %s', (_, text, says) => {
    expect(() => drive(text)).toThrow(says);
  });

  it('has for each of the two what both have, and what is its own', () => {
    const { attack, benign } = drive(`
about: A drive
techniques: [T1105]
container: { user: root, privileged: true }
before: [one]
attack: { about: a, before: [two], container: { privileged: false }, steps: [container starts, { exec: id }] }
benign: { about: b, steps: [{ exec: [id, -u] }] }
`);
    expect(attack.container).toMatchObject({ user: 'root', privileged: false, namespace: 'shop' });
    expect(benign.container).toMatchObject({ user: 'root', privileged: true });
    expect([attack.before, benign.before]).toEqual([['one', 'two'], ['one']]);
    expect(attack.steps).toEqual([{ kind: 'container starts' }, { kind: 'exec', words: ['sh', '-c', 'id'] }]);
    expect(benign.steps).toEqual([{ kind: 'exec', words: ['id', '-u'] }]);
  });
});
