import type { Expression } from '../../../../engine/filter/ast.ts';
import { ConditionSpan } from '../../../../engine/filter/condition-span.ts';
import type { ByteString } from '../../../../engine/model/byte-string.ts';

/** Characters of a line before it is broken. */
const WIDTH = 96;
/** Levels of nesting that are laid out; beyond it a condition stays as it is. */
const MOST_LEVELS = 100;

/**
 * A condition in lines: one when it is short, else one for each part of a chain. Checks stay as they are written, since
 * Falco puts lists into the text of a condition. Undefined for what has no text of its own.
 */
export function layOutCondition(expression: Expression, text: ByteString): readonly ByteString[] | undefined {
  try {
    const line = oneLine(expression, text, 0);
    const lines = line.length <= WIDTH ? [line] : broken(expression, text, 0);
    return isInParentheses(text.trim()) ? parenthesised(lines) : lines;
  } catch (error) {
    if (error instanceof NoLayout) return undefined;
    throw error;
  }
}

class NoLayout extends Error {}

/** A file that appends adds to the text, so parentheses around the whole are kept. */
function parenthesised(lines: readonly ByteString[]): readonly ByteString[] {
  return lines.map((line, at) => `${at === 0 ? '(' : ' '}${line}${at === lines.length - 1 ? ')' : ''}`);
}

/** True when the whole text stands in parentheses: nothing follows the one that closes the first. */
function isInParentheses(text: ByteString): boolean {
  if (!text.startsWith('(')) return false;
  let depth = 0;
  for (const match of text.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|[()]/g)) {
    if (match[0] === '(') depth++;
    else if (match[0] === ')' && --depth === 0) return match.index === text.length - 1;
  }
  return false;
}

/** A chain in lines: its first part, then each other part behind its `and` or `or`. */
function broken(expression: Expression, text: ByteString, level: number): readonly ByteString[] {
  if (expression.kind !== 'and' && expression.kind !== 'or') return [oneLine(expression, text, level)];
  return expression.children.flatMap((child, place) => {
    const joint = place === 0 ? '' : `${expression.kind} `;
    const line = inParentheses(child, text, level + 1);
    if (joint.length + line.length <= WIDTH || (child.kind !== 'and' && child.kind !== 'or')) return [joint + line];
    const lines = broken(child, text, level + 1);
    const last = lines.length - 1;
    return lines.map((part, at) => (at === 0 ? `${joint}(${part}` : `  ${part}`) + (at === last ? ')' : ''));
  });
}

function oneLine(expression: Expression, text: ByteString, level: number): ByteString {
  if (level > MOST_LEVELS) throw new NoLayout();
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.children.map((child) => inParentheses(child, text, level + 1)).join(` ${expression.kind} `);
    case 'not':
      return `not ${inParentheses(expression.child, text, level + 1)}`;
    default:
      return written(expression, text);
  }
}

function inParentheses(expression: Expression, text: ByteString, level: number): ByteString {
  const line = oneLine(expression, text, level);
  const isChain = expression.kind === 'and' || expression.kind === 'or';
  return isChain ? `(${line})` : line;
}

function written({ span }: Expression, text: ByteString): ByteString {
  if (!(span instanceof ConditionSpan)) throw new NoLayout();
  const part = text.slice(span.from, span.to);
  const quoted = /["']/.test(part);
  if (quoted && part.includes('\n')) throw new NoLayout();
  return quoted ? part.trim() : part.replaceAll(/\s+/g, ' ').trim();
}
