import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { givenFiles } from '../../../engine/suite/given-files.ts';
import { verify } from '../../../engine/verify.ts';
import { compared } from '../../../functions/web/page/share/compared.ts';
import { MAX_FRAGMENT_CHARS, MAX_UNPACKED_BYTES, pack, unpack } from '../../../functions/web/page/share/packed.ts';
import { readShared, type SharedBench } from '../../../functions/web/page/share/shared-bench.ts';
import { testFiles } from '../../../functions/web/page/share/test-files.ts';

const STORY = readFileSync(
  fileURLToPath(new URL('../../../scenarios/shell-spawned-in-nginx/scenario.yaml', import.meta.url)),
  'utf8',
);
const RULE =
  '- rule: A "shell"\n  desc: d\n  condition: evt.type = execve and proc.name = sh\n  output: o\n  priority: INFO\n';
const BENCH: SharedBench = {
  format: 1,
  engine: '0.1.0',
  files: [{ name: 'local_rules.yaml', origin: 'local', text: RULE }],
  story: { name: 'shell-spawned-in-nginx', text: STORY },
  matching: 'first',
  expected: ['5 A "shell"'],
  selected: { event: 5, rule: 'A "shell"' },
};

describe('what a link carries', () => {
  it('comes back as it was, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 2_000 }), async (text) => {
        expect(await unpack(await pack(text))).toBe(text);
      }),
      { numRuns: 50 },
    );
    expect(readShared(await unpack(await pack(JSON.stringify(BENCH))))).toEqual(BENCH);
  });

  it.each([
    ['letters that no link has', 'a%b', /damaged/],
    ['bytes that are not deflate', 'AAAA', /damaged/],
    ['nothing', '', /damaged/],
    ['too many letters', 'A'.repeat(MAX_FRAGMENT_CHARS + 1), /too long/],
  ])('is refused for %s', async (_, fragment, words) => {
    await expect(unpack(fragment)).rejects.toThrow(words);
  });

  it('is refused when it would grow beyond bounds', async () => {
    const bomb = deflateRawSync(Buffer.alloc(MAX_UNPACKED_BYTES * 20)).toString('base64url');
    expect(bomb.length).toBeLessThan(MAX_FRAGMENT_CHARS);
    await expect(unpack(bomb)).rejects.toThrow('more than a page opens');
  });

  it.each([
    ['no object', '[]'],
    ['another format', JSON.stringify({ ...BENCH, format: 2 })],
    ['no files', JSON.stringify({ ...BENCH, files: [] })],
    ['two files of one name', JSON.stringify({ ...BENCH, files: [BENCH.files[0], BENCH.files[0]] })],
    ['a file of nowhere', JSON.stringify({ ...BENCH, files: [{ ...BENCH.files[0], origin: '__proto__' }] })],
    ['a text that is a number', JSON.stringify({ ...BENCH, story: { name: 'a', text: 1 } })],
    ['an event that is none', JSON.stringify({ ...BENCH, selected: { event: -1 } })],
    ['a word that is no matching', JSON.stringify({ ...BENCH, matching: 'both' })],
  ])('is refused with %s in it', (_, text) => {
    expect(() => readShared(text)).toThrow('the link');
  });

  it('is never an exception of ours, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          readShared(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/^the link /);
        }
      }),
    );
  });

  it('tells what differs from what was sent', () => {
    expect(compared(['1 a', '2 b'], ['1 a', '2 b'])).toMatchObject({ same: true });
    expect(compared(['1 a', '2 b'], ['2 b', '3 c'])).toEqual({ same: false, gone: ['1 a'], fresh: ['3 c'] });
  });
});

describe('the files of a test', () => {
  it.each([
    ['an alert', RULE, [{ rule: 'A "shell"' }], 'passed'],
    ['an alert too few', RULE, [], 'failed'],
    ['no alert', RULE.replace('= sh', '= zsh'), [], 'passed'],
  ] as const)('are what verify runs: %s', async (_, text, alerts, status) => {
    const files = testFiles({
      files: [{ name: 'rules.d/10-own.yaml', text }],
      story: { name: 'intrusions/one', text: STORY },
      matching: 'first',
      alerts,
    });
    expect(files.map(({ name }) => name)).toEqual(['rules.d-10-own.yaml', 'one.yaml', 'one.test.yaml']);
    const sources = files.map((file) => new Source(file.name, file.text));
    const test = { kind: 'test file', source: sources.at(-1) as Source } as const;
    const { tests } = await verify([test], givenFiles(sources));
    expect(tests.map((test) => test.status)).toEqual([status]);
  });
});
