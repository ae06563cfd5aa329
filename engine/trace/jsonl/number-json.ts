import { integerOf, type Integer } from '../../model/integer.ts';
import { describeNode, type JsonNode, type LineProblem } from './json-node.ts';

/**
 * An integer from JSON: digits, or a text of digits or `0x` and hexadecimal ones for those whose tools lose digits.
 *
 * @param min and max the range of its type
 */
export function readInteger(node: JsonNode, min: bigint, max: bigint, name: string, problem: LineProblem): Integer {
  const value = node.kind === 'integer' ? node.value : node.kind === 'text' ? integerOfText(node.text) : undefined;
  if (value === undefined) problem.note(node.at, `${name} must be an integer, not ${describeNode(node)}`);
  else if (value < min || value > max) problem.note(node.at, `${name} must be from ${min} to ${max}`);
  else return value;
  return 0;
}

function integerOfText(text: string): Integer | undefined {
  return /^(-?[0-9]{1,20}|0x[0-9a-fA-F]{1,16})$/.test(text) ? integerOf(BigInt(text)) : undefined;
}
