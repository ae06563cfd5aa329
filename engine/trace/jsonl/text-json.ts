import type { ByteString } from '../../model/byte-string.ts';
import { describeNode, memberOf, type JsonNode, type LineProblem } from './json-node.ts';
import { bytesOfBase64 } from './json-text.ts';

/** A byte string from JSON: a text, which stands for its UTF-8, or `{"base64": ...}`. */
export function readText(node: JsonNode, name: string, problem: LineProblem): ByteString {
  if (node.kind === 'text') return node.text;
  const bytes = readBytes(node, problem);
  if (bytes === undefined)
    problem.note(node.at, `${name} must be a text or {"base64": ...}, not ${describeNode(node)}`);
  return bytes ?? '';
}

/** The bytes of `{"base64": ...}`; undefined if the node is something else. */
export function readBytes(node: JsonNode, problem: LineProblem): ByteString | undefined {
  const base64 = memberOf(node, 'base64');
  if (base64 === undefined || node.kind !== 'object' || node.members.length !== 1) return undefined;
  const bytes = base64.kind === 'text' ? bytesOfBase64(base64.text) : undefined;
  if (bytes === undefined) problem.note(base64.at, 'the value of "base64" is not base64');
  return bytes ?? '';
}

/** A list of byte strings from JSON. */
export function readTexts(node: JsonNode, name: string, problem: LineProblem): ByteString[] {
  if (node.kind !== 'array') {
    problem.note(node.at, `${name} must be a list of texts, not ${describeNode(node)}`);
    return [];
  }
  return node.items.map((item) => readText(item, name, problem));
}
