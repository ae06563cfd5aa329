import { sourceOffset, spanOf, type Node } from '../../../engine/document/node.ts';
import { readDocuments } from '../../../engine/document/read-documents.ts';
import { Source } from '../../../engine/model/source.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeText } from '../mutate/text.ts';
import { ruleItems, stories } from '../samples.ts';
import { promise, type Target } from '../target.ts';
import { yamlText, YAML_WORDS } from '../words/yaml.ts';

/** The reader of YAML: documents with a place for every value and every letter. */
export const yaml: Target<string> = {
  name: 'yaml',
  kind: 'text',
  brief: 2_500,
  make: (random) => (random.once(3) ? random.pick(random.once(4) ? stories() : ruleItems()) : yamlText(random)),
  change: (text, random) => changeText(text, random, { words: YAML_WORDS, samples: ruleItems() }),
  run(text) {
    const { documents, diagnostics, syntaxError } = readDocuments(new Source('any.yaml', text));
    promise(diagnostics.length === 0 || documents.length === 0, 'there are documents beside an error');
    const seen = new Set<Node>();
    for (const document of documents) visit(document, seen, 0);
    return [...heldDiagnostics(diagnostics), syntaxError?.words ?? 'no error', ...[...seen].map(kindOf)];
  },
};

/** Nesting to which places are looked at; Falco's own limit of nesting is a little more. */
const MAX_VISITED_DEPTH = 600;

function visit(node: Node, seen: Set<Node>, depth: number): void {
  if (seen.has(node)) return;
  seen.add(node);
  promise(depth < MAX_VISITED_DEPTH, 'a document is nested deeper than the limit');
  const { start, end, source } = spanOf(node);
  // A quote that is never closed ends where its closing one would be.
  promise(start >= 0 && start <= end && end <= source.text.length + 1, `a value spans ${start} to ${end}`);
  if (node.kind === 'scalar') visitLetters(node);
  if (node.kind === 'sequence') for (const item of node.items) visit(item, seen, depth + 1);
  if (node.kind === 'mapping') {
    for (const { key, value } of node.pairs) {
      visit(key, seen, depth + 1);
      visit(value, seen, depth + 1);
    }
  }
}

/** Letters of a text come from places inside the document, one after the other. */
function visitLetters({ text, runs, document }: Extract<Node, { kind: 'scalar' }>): void {
  let before = -1;
  for (let at = 0; at < text.length; at += 1 + (text.length >> 6)) {
    const place = sourceOffset(runs, at);
    const isInside = place >= 0 && place <= document.bytes.length;
    promise(isInside, `letter ${at} of ${text.length} comes from byte ${place} of ${document.bytes.length}`);
    promise(place >= before, `letter ${at} comes from byte ${place}, the one before from ${before}`);
    before = place;
  }
}

function kindOf(node: Node): string {
  return node.kind === 'scalar' ? node.style : node.kind;
}
