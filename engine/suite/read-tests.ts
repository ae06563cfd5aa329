import { spanOf, valueOf, type Node } from '../document/node.ts';
import { toUnicode } from '../model/byte-string.ts';
import type { Matching } from '../match/naive-match.ts';
import { MAX_TEST_PATTERNS, MAX_TESTS } from '../model/limits.ts';
import { nearest } from '../model/nearest.ts';
import { expectations } from '../scenario/expect.ts';
import { optional, type Keys, type Kind } from '../scenario/language/kind.ts';
import { readKeys } from '../scenario/language/keys.ts';
import { choice, prose } from '../scenario/language/scalars.ts';
import { isPattern } from './file-path.ts';
import { inlineSource } from './inline.ts';
import { paths, type PathContext } from './named-path.ts';
import { patternsOf } from './unknown-names.ts';
import type { Expected, TestEntry, TestInput } from './test-file.ts';

const part: Kind<Node> = { schema: {}, read: (_, node) => node };

/** Keys of a test. */
export const TEST_KEYS = {
  name: optional<string>(prose, 'What the test is about; without it, the path of what it runs.'),
  scenario: optional<Node>(part, 'A scenario: its path, or the scenario itself.'),
  scenarios: optional<Node>(
    part,
    'Scenarios: paths or patterns such as **/benign.yaml, one or a list. Each is a test.',
  ),
  trace: optional<Node>(part, 'A recorded trace: scap or jsonl, gzipped or not.'),
  matching: optional<Matching>(choice('first', 'all'), 'For this test alone; see the key of the file.'),
  expect: optional<Node>(
    part,
    "What must come; an empty list is silence. Or 'own', as without it: what each scenario expects itself. Or 'upstream': the rules that each scenario names under upstream must fire, those under not upstream stay silent.",
  ),
} satisfies Keys;

const INPUTS = ['scenario', 'scenarios', 'trace'] as const;

/** Reads `tests`. */
export function readTests(context: PathContext, node: Node): TestEntry[] {
  const { reader } = context;
  const items = reader.items(node, "'tests'") ?? [];
  if (items.length > MAX_TESTS) {
    const message = `there are ${items.length} tests; a file has at most ${MAX_TESTS}`;
    return reader.fail('LIMIT_TESTS', node, message, 'divide it into several files') ?? [];
  }
  const patterns = items.reduce((sum, item) => sum + patternsIn(item), 0);
  if (patterns > MAX_TEST_PATTERNS) {
    const message = `there are ${patterns} patterns; a file has at most ${MAX_TEST_PATTERNS}`;
    return (
      reader.fail('LIMIT_TEST_PATTERNS', node, message, 'fit several files by one pattern, or divide the file') ?? []
    );
  }
  const isFlow = (one: Node): boolean => /[[{]/.test(firstLetter(one));
  return items.flatMap((item) => readTest(context, item, isFlow(node) || isFlow(item)) ?? []);
}

/** Patterns that a test names: each is compared with every file. */
function patternsIn(test: Node): number {
  const named = test.kind === 'mapping' ? [valueOf(test, 'scenario'), valueOf(test, 'scenarios')] : [];
  const nodes = named.flatMap((node) => (node?.kind === 'sequence' ? node.items : (node ?? [])));
  return nodes.filter((node) => node.kind === 'scalar' && isPattern(node.text)).length;
}

/** @param inFlow it is written in brackets */
function readTest(context: PathContext, node: Node, inFlow: boolean): TestEntry | undefined {
  const { reader } = context;
  const fields = reader.fields(node, 'a test', Object.keys(TEST_KEYS));
  const values = fields && readKeys(reader, fields, TEST_KEYS);
  if (values === undefined) return undefined;
  const given = INPUTS.filter((key) => values[key] !== undefined);
  if (given.length !== 1) {
    const hint = "'scenario: PATH', 'scenarios: PATTERN' or 'trace: PATH'";
    return reader.fail('TEST_INPUT', node, `a test runs one thing, this names ${given.join(' and ') || 'none'}`, hint);
  }
  const expected =
    values.expect === undefined ? ({ kind: 'own' } as const) : readExpected(context, values.expect, inFlow);
  const input = inputOf(context, values);
  if (expected === undefined || input === undefined) return undefined;
  if (input.kind === 'trace' && expected.kind !== 'list') {
    return reader.fail('TEST_EXPECT', node, "a trace expects nothing itself: the test needs a list under 'expect'");
  }
  if (input.kind === 'trace' && expected.kind === 'list') {
    const named = patternsOf(expected.list).find(({ by }) => by !== undefined);
    if (named !== undefined) return reader.fail('TEST_EXPECT', node, "a trace has no actors: 'by' can't be said of it");
  }
  return { name: values.name, input, matching: values.matching, expected, span: spanOf(node) };
}

function inputOf(
  context: PathContext,
  { scenario, scenarios, trace }: { readonly [key in (typeof INPUTS)[number]]: Node | undefined },
): TestInput | undefined {
  if (scenario?.kind === 'mapping') return { kind: 'inline', ...inlineSource(scenario) };
  if (trace !== undefined) {
    const [path] = paths(context, trace, "'trace'");
    return path && { kind: 'trace', path };
  }
  const [what, node] = scenario === undefined ? ["'scenarios'", scenarios as Node] : ["'scenario'", scenario];
  const found = paths(context, node, what);
  return found.length === 0 ? undefined : { kind: 'scenarios', paths: found };
}

function readExpected({ reader }: PathContext, node: Node, inFlow: boolean): Expected | undefined {
  if (node.kind === 'scalar') {
    const word = toUnicode(node.text).trim();
    if (word === 'own' || word === 'upstream') return { kind: word };
    const near = nearest(word, ['own', 'upstream']);
    const hint = near === undefined ? "a list, 'own' or 'upstream'" : `did you mean '${near}'?`;
    return reader.fail('TEST_EXPECT', node, `'expect' can't be '${word}'`, hint);
  }
  const before = reader.diagnostics.length;
  const list = expectations.read(reader, node, "'expect'");
  if (list === undefined || reader.diagnostics.length > before) return undefined;
  return { kind: 'list', list, node, inFlow, span: spanOf(node) };
}

function firstLetter(node: Node): string {
  const { source, start } = spanOf(node);
  return source.text[start] ?? '';
}
