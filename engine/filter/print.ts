import type { ByteString } from '../model/byte-string.ts';
import type { Check, Constant, Expression, Operand, RightSide, TransformerArgument } from './ast.ts';
import { fold } from './fold.ts';

/**
 * A condition as Falco shows it (`condition_compiled`): chains in parentheses, `not x`, values bare unless they hold a
 * blank, an equals sign, a quote or a backslash. It can't always be read back; `writeExpression` can.
 */
export function printExpression(expression: Expression): ByteString {
  return render(expression, FALCO);
}

/** A condition as text that reads back as the same condition. */
export function writeExpression(expression: Expression): ByteString {
  return render(expression, EXACT);
}

/** A field or transformer as Falco shows it: `proc.aname[2]`, `tolower(proc.name)`. */
export function printOperand(operand: Operand): ByteString {
  return renderOperand(operand, FALCO);
}

/** How constants are written in each position. */
interface Style {
  /** Alone on the right of an operator. */
  value(text: ByteString): ByteString;
  /** In a list. */
  item(text: ByteString): ByteString;
  /** In the parentheses of a transformer. */
  transformerValue(text: ByteString): ByteString;
  /** In the brackets after a field. */
  argument(text: ByteString): ByteString;
}

const FALCO: Style = {
  value: quoteAsFalco,
  item: quoteAsFalco,
  transformerValue: quoteAsFalco,
  argument: (text) => (text === '' ? '""' : quoteAsFalco(text)),
};

const EXACT: Style = {
  value: (text) => (isBare(text) && !/^(oneof|anyof|allof)$/.test(text) ? text : quote(text)),
  item: (text) => (isBare(text) ? text : quote(text)),
  transformerValue: (text) =>
    /^(0[xX][0-9a-fA-F]+|[+-]?[0-9]+(\.[0-9]*)?([eE][+-][0-9]+)?)$/.test(text) ? text : quote(text),
  argument: (text) => (/^[^\]["' \t\n\v\f\r]+$/.test(text) ? text : quote(text)),
};

function render(expression: Expression, style: Style): ByteString {
  return fold<ByteString>(expression, {
    check: (check) => renderCheck(check, style),
    macro: ({ name }) => name,
    // Two in a row would cancel each other when they are read.
    not: (child, { child: { kind } }) => (kind === 'not' && style === EXACT ? `not (${child})` : `not ${child}`),
    and: (children) => `(${children.join(' and ')})`,
    or: (children) => `(${children.join(' or ')})`,
  });
}

function renderCheck(check: Check, style: Style): ByteString {
  const { left, operator, written, modifier, right } = check;
  const before = `${renderOperand(left, style)} ${written ?? operator}${modifier === undefined ? '' : ` ${modifier}`}`;
  if (right === undefined) return before;
  return `${before} ${renderRight(right, style, check)}`;
}

function renderRight(right: RightSide, style: Style, check: Check): ByteString {
  if (right.kind === 'list') return `(${right.items.map(({ text }) => style.item(text)).join(', ')})`;
  if (right.kind === 'field') return `val(${renderOperand(right, style)})`;
  if (right.kind === 'transformer') return renderOperand(right, style);
  return mustBeBare(check) ? right.text : style.value(right.text);
}

/** After an operator for numbers, lists or with a modifier, a single constant is a number or a name: it has no quotes. */
function mustBeBare({ operator, modifier }: Check): boolean {
  return modifier !== undefined || ['<', '<=', '>', '>=', 'in', 'intersects', 'pmatch'].includes(operator);
}

function renderOperand(operand: Operand, style: Style): ByteString {
  const argument = operand.argument === undefined ? '' : `[${style.argument(operand.argument)}]`;
  if (operand.kind === 'field') return operand.name + argument;
  return `${operand.name}(${operand.args.map((arg) => renderArgument(arg, style)).join(',')})${argument}`;
}

function renderArgument(arg: TransformerArgument | Constant, style: Style): ByteString {
  if (arg.kind === 'constant') return style.transformerValue(arg.text);
  if (arg.kind === 'transformer-list') return `(${arg.items.map((item) => renderArgument(item, style)).join(',')})`;
  return renderOperand(arg, style);
}

/** True when a text reads back without quotes. A backspace may be in one, but counts as blank at its start. */
function isBare(text: ByteString): boolean {
  return !text.includes('\b') && /^[^()"' \t\n\v\f\r=,]+$/.test(text);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
  '"': '\\"',
};

function quoteAsFalco(text: ByteString): ByteString {
  if (!/[\b\f\n\r\t =\\"']/.test(text)) return text;
  return `"${text.replace(/[\b\f\n\r\t\\"]/g, (letter) => ESCAPES[letter] as string)}"`;
}

/** A quoted text can't end in two backslashes before its quote; a backslash and a blank mean one backslash too. */
function quote(text: ByteString): ByteString {
  const escaped = text.replace(/[\b\f\n\r\t\\"]/g, (letter) => ESCAPES[letter] as string);
  return `"${text.endsWith('\\') ? `${escaped.slice(0, -1)} ` : escaped}"`;
}
