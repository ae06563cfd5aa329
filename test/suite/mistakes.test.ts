import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suiteCases, verifyFiles, type Files } from './suite-cases.ts';

interface Mistake {
  readonly name: string;
  readonly text: string;
  readonly code: string;
  readonly at?: string;
  readonly message?: string;
  readonly hint?: string;
}

const [{ files }] = suiteCases<{ files: Files }>('story.yaml') as [{ files: Files }];
const mistakes = suiteCases<Mistake>('mistakes.yaml');

describe('mistakes in a test file', () => {
  it.each(mistakes)('$name', async ({ text, code, at, message, hint }) => {
    const report = await verifyFiles({ ...files, 'the.test.yaml': text });
    const wrong = report.tests.filter(({ status }) => status === 'error');
    expect(wrong).toHaveLength(1);
    const finding = wrong[0]?.findings[0];
    expect(finding?.code).toBe(code);
    const place = finding?.place;
    if (at !== undefined) expect([place?.file, text.slice(place?.start, place?.end)]).toEqual(['the.test.yaml', at]);
    if (message !== undefined) expect(finding?.message).toContain(message);
    if (hint !== undefined) expect(finding?.hint ?? '').toContain(hint);
  });

  it('are told whatever a file is made of', async () => {
    const texts = mistakes.map(({ text }) => text);
    const cut = fc.tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat(8),
      fc.constantFrom('', '{', '- ', ': ', "'", '\n'),
    );
    await fc.assert(
      fc.asyncProperty(cut, async ([text, at, length, by]) => {
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + by + text.slice(start + length);
        const report = await verifyFiles({ ...files, 'the.test.yaml': changed });
        for (const { findings } of report.tests) {
          for (const { place, message } of findings) {
            expect(message).not.toBe('');
            if (place?.file === 'the.test.yaml') expect(place.end).toBeLessThanOrEqual(changed.length + 1);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
