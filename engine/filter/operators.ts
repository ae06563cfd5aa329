import type { Modifier, Operator } from './ast.ts';

/** What may stand on the right of an operator: nothing, a number, one text, several. */
export type OperandKind = 'none' | 'number' | 'text' | 'list';

/** An operator of the condition language. */
export interface OperatorRow {
  /** As written. */
  readonly word: string;
  /** As it is kept: `==` is `=`. */
  readonly operator: Operator;
  readonly takes: OperandKind;
  /** True when a blank must follow. */
  readonly needsBlank: boolean;
  readonly about: string;
}

/** All operators, in the order in which they are tried. */
export const OPERATOR_TABLE: readonly OperatorRow[] = [
  row('exists', 'none', 'the field has a value on this event'),
  row('<=', 'number', 'less than or equal; texts are compared byte by byte'),
  row('<', 'number', 'less than; texts are compared byte by byte'),
  row('>=', 'number', 'greater than or equal; texts are compared byte by byte'),
  row('>', 'number', 'greater than; texts are compared byte by byte'),
  { ...row('==', 'text', 'equal, the same as ='), operator: '=' },
  row('=', 'text', 'equal; on a network field: the address is in the network'),
  row('!=', 'text', 'not equal; false when the field has no value'),
  word('glob', 'matches a pattern with *, ? and [...]; a star also matches /'),
  word('iglob', 'glob without regard to case'),
  word('contains', 'holds the text'),
  word('icontains', 'holds the text, without regard to case'),
  word('bcontains', 'a buffer holds the bytes, given in hexadecimal'),
  word('startswith', 'begins with the text'),
  word('bstartswith', 'a buffer begins with the bytes, given in hexadecimal'),
  word('endswith', 'ends with the text'),
  word('regex', 'the whole value matches the regular expression, RE2 in POSIX syntax'),
  row('intersects', 'list', 'at least one of the values is in the list'),
  row('in', 'list', 'the value, or all values of a list field, are in the list'),
  row('pmatch', 'list', 'one of the paths is a prefix of the value, component by component'),
];

/** A word between an operator and a list: how many of the values must satisfy it. */
export interface ModifierRow {
  readonly word: Modifier;
  readonly about: string;
}

/** All modifiers. */
export const MODIFIER_TABLE: readonly ModifierRow[] = [
  { word: 'oneof', about: 'exactly one of the values satisfies the operator' },
  { word: 'anyof', about: 'at least one of the values satisfies the operator' },
  { word: 'allof', about: 'all values satisfy the operator' },
];

/** A function over fields. */
export interface TransformerRow {
  readonly word: string;
  readonly about: string;
}

/** All transformers that can stand on the left; `val` stands on the right only and gives the field itself. */
export const TRANSFORMER_TABLE: readonly TransformerRow[] = [
  { word: 'tolower', about: 'the text in lower case' },
  { word: 'toupper', about: 'the text in upper case' },
  { word: 'b64', about: 'the text or buffer decoded from base64; no value when it is not base64' },
  { word: 'basename', about: 'the text after the last /' },
  { word: 'len', about: 'bytes of a text or buffer, elements of a list' },
  { word: 'join', about: 'the elements of a list with a text between them: join("/", (proc.pname, proc.name))' },
  { word: 'concat', about: 'texts one after the other' },
  { word: 'getopt', about: 'command-line options: getopt(proc.args, "ab:")[b]' },
];

/** The operators that can have a modifier. */
export const TEXT_OPERATORS: readonly Operator[] = operatorsThatTake('text');

function operatorsThatTake(kind: OperandKind): readonly Operator[] {
  return OPERATOR_TABLE.filter(({ takes }) => takes === kind).map(({ operator }) => operator);
}

function row(operator: Operator | '==', takes: OperandKind, about: string): OperatorRow {
  return { word: operator, operator: operator === '==' ? '=' : operator, takes, needsBlank: false, about };
}

function word(operator: Operator, about: string): OperatorRow {
  return { ...row(operator, 'text', about), needsBlank: true };
}
