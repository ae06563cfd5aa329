import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { Filtering, readQuery } from '../../engine/filter.ts';
import { Source } from '../../engine/model/source.ts';
import type { SuiteFiles } from '../../engine/suite/suite-files.ts';
import { verify } from '../../engine/verify.ts';
import { EXPECT } from '../../engine/scenario/reference.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';

/** One example: a whole story, or steps on the stage that all share. */
interface Example {
  readonly story?: string;
  readonly steps?: string;
  readonly show?: readonly string[];
  readonly where?: string;
}

interface Examples {
  readonly stage: string;
  readonly show: readonly string[];
  readonly verbs: Readonly<Record<string, readonly Example[]>>;
  readonly stories: Readonly<Record<string, Example>>;
  readonly expectations: { readonly rules: string; readonly story: string };
}

const FILE = new URL('scenario-examples.yaml', import.meta.url);

/** The examples of the language. */
export const EXAMPLES = load(readFileSync(FILE, 'utf8')) as Examples;

/** The examples of a verb, by its words, or of another part, by the title of its section. */
export function examplesOf(part: string): readonly Example[] {
  const story = EXAMPLES.stories[part];
  return EXAMPLES.verbs[part] ?? (story === undefined ? [] : [story]);
}

/** The whole story of an example. */
export function storyOf({ story, steps = '' }: Example): string {
  return story ?? `${EXAMPLES.stage}steps:\n${steps.replace(/^(?=.)/gm, '  ')}`;
}

/** What Falco sees of an example: the fields shown of each event, a line each. Throws when it can't be played. */
export function seenOf(example: Example): string[] {
  const { where = 'evt.num > 0', show = EXAMPLES.show } = example;
  const { scenario, diagnostics } = readScenario(new Source('example', storyOf(example)));
  const { query, diagnostics: wrong } = readQuery(where, show);
  const told = [...diagnostics, ...wrong].map(({ message }) => message);
  if (scenario === undefined || query === undefined || told.length > 0)
    throw new Error(`${told.join('\n')}\n${storyOf(example)}`);
  const lines: string[] = [];
  const onEvent = ({ texts }: { readonly texts: ReadonlyMap<string, string> }) =>
    void lines.push(show.map((field) => texts.get(field) || '-').join('  '));
  play(scenario, new Filtering(query, { onEvent }));
  return lines;
}

/** What is said of the example of expectations when it is verified: a line for each expectation that is not met. */
export async function unmetExpectations(): Promise<string[]> {
  const { rules, story } = EXAMPLES.expectations;
  const given = { sources: [new Source('rules.yaml', rules)], configuration: undefined };
  const scenario = new Source('scenario.yaml', story);
  const alone: SuiteFiles = {
    texts: () => ({ sources: [scenario], diagnostics: [] }),
    below: () => [],
    has: () => true,
    feed: () => Promise.resolve([]),
  };
  const report = await verify([{ kind: 'scenario', source: scenario }], alone, { rules: given });
  return report.tests.flatMap(({ status, failures, findings, reason = '' }) => [
    ...(status === 'passed' ? [] : [`${status} ${reason}`]),
    ...failures.map(({ expected, came }) => `${expected}; ${came.join('; ')}`),
    ...findings.map(({ text }) => text),
  ]);
}

/** The examples of a part in Markdown: what is written, and what comes of it. */
export function workedExamples(part: string): string {
  if (part === EXPECT[0]) {
    const { rules, story } = EXAMPLES.expectations;
    return `All of this holds of the story below under these rules:\n\n${yaml(rules)}\n\n${yaml(story)}`;
  }
  return examplesOf(part)
    .map((example) => {
      const { show = EXAMPLES.show } = example;
      const written = yaml(example.story ?? example.steps ?? '');
      const seen = `\`\`\`text\n${show.join('  ')}\n\n${seenOf(example).join('\n')}\n\`\`\``;
      return `${written}\n\n${seen}`;
    })
    .join('\n\n');
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}
