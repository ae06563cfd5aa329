import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MAX_DIAGNOSTICS } from '../../engine/model/limits.ts';
import { Source } from '../../engine/model/source.ts';
import { importSuite } from '../../engine/scenario/import/import-suite.ts';
import { quoted } from '../../engine/scenario/import/yaml-text.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import { play } from '../../engine/scenario/play.ts';
import { readCases as readStory } from '../../engine/scenario/read-cases.ts';
import { ScapWriter } from '../../engine/trace/scap/scap-writer.ts';
import { readCases } from './read-cases.ts';

interface Case {
  readonly name: string;
  readonly suite: string;
  readonly stories: Readonly<Record<string, string>>;
  readonly lost: readonly string[];
}

const cases = readCases<Case>('suites.yaml');

function imported(suite: string) {
  const { stories, diagnostics } = importSuite(new Source('suite.yaml', suite));
  const lost = diagnostics.map(({ code, message, span }) => {
    const line = suite.slice(0, span?.start).split('\n').length;
    return `${code} ${line}: ${message.split('\n')[0]}`;
  });
  return { stories, lost };
}

describe('a suite of event-generator', () => {
  it.each(cases)('$name', ({ suite, stories, lost }) => {
    const found = imported(suite);
    expect(Object.fromEntries(found.stories.map(({ name, text }) => [name, text]))).toEqual(stories);
    expect(found.lost).toEqual(lost);
  });

  it.each(cases.flatMap(({ stories }) => Object.entries(stories)))('%s can be played', (_, text) => {
    const { cases: tellings, diagnostics } = readStory(new Source('story.yaml', text));
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    expect(tellings.length).toBeGreaterThan(0);
    for (const { scenario } of tellings) {
      expect(play(scenario, new ScapWriter(() => undefined)).events).toBeGreaterThan(0);
    }
  });

  it('becomes what the document shows', () => {
    const document = readFileSync(new URL('../../engine/scenario/import/README.md', import.meta.url), 'utf8');
    const [suite, story] = [...document.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text as string);
    expect(imported(suite as string).stories).toEqual([{ name: 'hashes', text: story }]);
  });

  it('tells everything that it does not translate in the scenario too', () => {
    for (const { stories, lost } of cases) {
      const texts = Object.values(stories).join('\n');
      for (const words of lost) {
        const [code, line, message] = /^(\w+) (\d+): (.*)$/.exec(words)?.slice(1) ?? [];
        if (code === 'IMPORT_LOST' && !message?.includes("beside 'tests'")) {
          expect(texts).toContain(`Not translated, line ${line}: ${message}`);
        }
      }
    }
  });

  it('never throws, and writes YAML, whatever a suite holds', () => {
    const words = cases.flatMap(({ suite }) => suite.split(/(?<=[\s{}[\],:|])/));
    const text = fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string({ unit: 'binary', maxLength: 9 })),
    );
    const broken = fc
      .constantFrom(...cases)
      .chain(({ suite }) =>
        fc
          .tuple(fc.nat(suite.length), fc.nat(20), text)
          .map(([at, cut, put]) => `${suite.slice(0, at)}${put.slice(0, 3).join('')}${suite.slice(at + cut)}`),
      );
    fc.assert(
      fc.property(broken, (suite) => {
        const { stories, lost } = imported(suite);
        expect(lost.length).toBeLessThanOrEqual(MAX_DIAGNOSTICS);
        for (const story of stories) {
          expect(readDocuments(new Source('story.yaml', story.text)).diagnostics.map(({ message }) => message)).toEqual(
            [],
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('quotes every text so that it is read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const whole = text.toWellFormed();
        const { documents } = readDocuments(new Source('x', `[${quoted(whole)}]`));
        const [item] = documents[0]?.kind === 'sequence' ? documents[0].items : [];
        expect(item?.kind === 'scalar' ? toUnicode(item.text) : undefined).toBe(whole);
      }),
    );
  });
});
