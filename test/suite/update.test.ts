import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { wrongText } from '../../engine/suite/formats/failure-text.ts';
import { diffText, edited } from '../../engine/suite/rewrite/edit.ts';
import { suiteCases, verificationOf, verifyFiles, type Files } from './suite-cases.ts';

interface Update {
  readonly name: string;
  /** The file that is written; the test file unless given. */
  readonly file?: string;
  /** The test file, where `before` is another one. */
  readonly extra?: string;
  readonly before: string;
  /** Without it nothing changes. */
  readonly after?: string;
  /** Why nothing is written. */
  readonly left?: string;
}

const [{ files }] = suiteCases<{ files: Files }>('story.yaml') as [{ files: Files }];

describe('writing expectations anew', () => {
  it.each(suiteCases<Update>('update.yaml'))('$name', async (update) => {
    const { file = 'the.test.yaml', extra, before, after = before, left } = update;
    const given = { ...files, ...(extra === undefined ? {} : { 'the.test.yaml': extra }), [file]: before };
    const rewriting = await verificationOf(given).rewritten();
    const [first] = rewriting.edits;
    const text = first === undefined ? before : edited(first.source, rewriting.edits);
    expect(text).toBe(after);
    expect(rewriting.edits.every(({ source }) => source.name === file)).toBe(true);
    expect(rewriting.left.map(({ reason }) => reason).join()).toContain(left ?? '');
    if (left !== undefined) return;
    const again = await verifyFiles({ ...given, [file]: text });
    expect(again.tests.map(({ status }) => status)).not.toContain('failed');
    expect(again.passed).toBe(again.tests.length);
  });

  it('makes every list of expectations one that is met, and then has nothing more to write', async () => {
    const rule = fc.constantFrom('Shell started', 'Secret read', 'Secret read too', 'Log removed');
    const count = fc.nat(3);
    const pattern = fc.record(
      {
        contains: fc.constantFrom('shell', '/etc/shadow', 'x'),
        by: fc.constant('shell'),
        before: fc.constantFrom('1s', '9s'),
      },
      { requiredKeys: [] },
    );
    const bounds = fc.oneof(fc.constant({}), fc.record({ times: count }), fc.record({ 'at least': count }));
    const item = fc.oneof(
      fc.tuple(rule, pattern, bounds).map(([alert, more, often]) => ({ alert, ...more, ...often })),
      fc.tuple(rule, pattern).map(([name, more]) => ({ 'no alert': name, ...more })),
      fc.tuple(rule, rule).map((rules) => ({ 'in order': rules })),
      count.map((alerts) => ({ alerts })),
      fc.constant('no other alerts'),
    );
    const lists = fc.record({ list: fc.array(item, { maxLength: 5 }), isFlow: fc.boolean(), all: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(lists, async ({ list, isFlow, all }) => {
        const text = dump(
          { rules: 'rules.yaml', matching: all ? 'all' : 'first', tests: [{ scenario: 'story.yaml', expect: list }] },
          { flowLevel: isFlow ? 3 : -1 },
        );
        const { edits } = await verificationOf({ ...files, 'the.test.yaml': text }).rewritten();
        const [first] = edits;
        const after = first === undefined ? text : edited(first.source, edits);
        const report = await verifyFiles({ ...files, 'the.test.yaml': after });
        expect([after, report.tests.map((test) => [test.status, wrongText(test)])]).toEqual([after, [['passed', '']]]);
        expect((await verificationOf({ ...files, 'the.test.yaml': after }).rewritten()).edits).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('shows the lines that change, as a diff', async () => {
    const text =
      'rules: rules.yaml\ntests:\n  - scenario: story.yaml\n    expect:\n      - alert: Secret read\n        times: 5\n';
    const { edits } = await verificationOf({
      ...files,
      'the.test.yaml': `${text}      - alert: Shell started\n`,
    }).rewritten();
    expect(edits.map((edit) => diffText(edit.source, edits))).toEqual([
      [
        '--- the.test.yaml',
        '+++ the.test.yaml',
        '@@ -4,4 +4,4 @@',
        '     expect:',
        '       - alert: Secret read',
        '-        times: 5',
        '+        times: 2',
        '       - alert: Shell started',
        '',
      ].join('\n'),
    ]);
  });
});
