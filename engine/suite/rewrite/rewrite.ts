import { spanOf, valueOf, type Node } from '../../document/node.ts';
import { readDocuments } from '../../document/read-documents.ts';
import type { Source } from '../../model/source.ts';
import type { PlannedTest } from '../planned-test.ts';
import type { Judged } from '../run-test.ts';
import type { Edit } from './edit.ts';
import { indented } from './item-text.ts';
import { listEdit, newList } from './list-edit.ts';

/** What expectations become, and which tests can't be written. */
export interface Rewriting {
  readonly edits: readonly Edit[];
  /** Tests whose expectations stay as they are though they are not met, each with the reason. */
  readonly left: readonly { readonly name: string; readonly reason: string }[];
}

/** A test that was run. */
export interface RunTest {
  readonly test: PlannedTest;
  readonly judged: Judged;
}

/** Where a list of expectations is, or is to be. */
interface ListPlace {
  readonly source: Source;
  readonly node: Node | undefined;
  /** It is within brackets. */
  readonly inFlow: boolean;
  /** Tells places apart. */
  readonly key: string;
}

/** Writes what came into the `expect` of tests and scenarios whose expectations are not met. */
export function rewrite(tests: readonly RunTest[]): Rewriting {
  const left: { name: string; reason: string }[] = [];
  const byPlace = new Map<string, { name: string; edit: Edit | undefined }[]>();
  for (const { test, judged } of tests) {
    const isMet = judged.verdicts.every((verdict) => verdict.isMet);
    const place = placeOfList(test, judged);
    if (typeof place === 'string') {
      if (!isMet) left.push({ name: test.name, reason: place });
      continue;
    }
    const edits = byPlace.get(place.key) ?? [];
    byPlace.set(place.key, [...edits, { name: test.name, edit: editOf(place, judged) }]);
  }
  const edits: Edit[] = [];
  for (const [first, ...others] of byPlace.values()) {
    if (first === undefined) continue;
    const { name, edit } = first;
    if (others.every((other) => other.edit?.text === edit?.text)) {
      if (edit !== undefined) edits.push(edit);
    } else left.push({ name, reason: 'several runs share this list and did not end alike' });
  }
  return { edits, left };
}

function editOf({ source, node, inFlow }: ListPlace, { verdicts, raised, scene }: Judged): Edit | undefined {
  const parts = newList({ node, verdicts, raised, scene });
  if (parts === undefined) return undefined;
  if (node !== undefined) return listEdit(node, parts, inFlow);
  const end = source.text.trimEnd().length;
  const items = parts.flatMap((part) => ('block' in part ? [part.block] : []));
  return { source, start: end, end: source.text.length, text: `\n\nexpect:\n${indented(items.join('\n'), 2)}\n` };
}

/** Where the list of a test is written, or why it can't be. */
function placeOfList({ entry, input }: PlannedTest, { playing }: Judged): ListPlace | string {
  const { expected } = entry;
  if (expected.kind === 'upstream') return "lists under 'upstream' are written by hand";
  if (expected.kind === 'list') {
    const { source } = expected.span;
    return { source, node: expected.node, inFlow: expected.inFlow, key: `${source.name}:${expected.span.start}` };
  }
  if (input.kind !== 'scenario' || playing.source === undefined) {
    return "a scenario within a test file is written by hand, or under 'expect' of its test";
  }
  const { source } = playing;
  const [document] = readDocuments(source).documents;
  const node = document?.kind === 'mapping' ? valueOf(document, 'expect') : undefined;
  if (node?.kind === 'null') return "'expect' has nothing after it: write [] there";
  const inFlow = document !== undefined && source.text[spanOf(document).start] === '{';
  if (inFlow && node === undefined) return 'a scenario in braces is written by hand';
  return { source, node, inFlow, key: `${source.name}:${node === undefined ? 'end' : spanOf(node).start}` };
}
