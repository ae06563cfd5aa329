import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readDocuments } from '../../engine/document/read-documents.ts';
import type { Node } from '../../engine/document/node.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import { Source } from '../../engine/model/source.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';

const CASES = fileURLToPath(new URL('../cases/change/', import.meta.url));

/** One change of rules with what is said of it. */
export interface ChangeCase {
  readonly name: string;
  readonly from: readonly Source[];
  readonly to: readonly Source[];
  readonly matching: 'first' | 'all';
  readonly groups: readonly string[];
  readonly edits: readonly string[] | undefined;
  readonly version: string | undefined;
  readonly sameMeaning: readonly string[];
}

/** The cases of `test/cases/change/cases.yaml`. */
export function changeCases(): ChangeCase[] {
  const [list] = readDocuments(new Source('cases.yaml', readFileSync(`${CASES}cases.yaml`, 'utf8'))).documents;
  return (plain(list as Node) as Record<string, unknown>[]).map((entry) => ({
    name: String(entry['name']),
    from: sourcesOf(entry['from'], String(entry['rules'])),
    to: sourcesOf(entry['to'], String(entry['rules'])),
    matching: entry['matching'] === 'all' ? 'all' : 'first',
    groups: entry['groups'] as string[],
    edits: entry['edits'] as string[] | undefined,
    version: entry['version'] as string | undefined,
    sameMeaning: (entry['same meaning'] ?? []) as string[],
  }));
}

/** The story that the cases are about. */
export function changeStory(): Scenario {
  const { scenario, diagnostics } = readScenario(new Source('story.yaml', readFileSync(`${CASES}story.yaml`, 'utf8')));
  if (scenario === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return scenario;
}

/** Plays a scenario to a sink that also says what it wants. */
export const feed = (scenario: Scenario, sink: Parameters<typeof play>[1]): void => void play(scenario, sink);

/** What each side adds comes before the rules of both, as a file of its own or several. */
function sourcesOf(own: unknown, both: string): Source[] {
  const files = typeof own === 'string' ? [['own.yaml', own] as const] : Object.entries(own as Record<string, string>);
  const isLate = typeof own === 'string' && /override:/.test(own);
  const sources = files.filter(([, text]) => text !== '').map(([name, text]) => new Source(name, text));
  if (both === '') return sources;
  const rules = new Source('rules.yaml', both);
  return isLate ? [rules, ...sources] : [...sources, rules];
}

function plain(node: Node): unknown {
  if (node.kind === 'scalar') return toUnicode(node.text);
  if (node.kind === 'null') return '';
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [plain(key), plain(value)]));
}
