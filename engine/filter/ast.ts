import type { Span } from '../model/source.ts';

/** A condition as written. Every node has the span it came from; macros are still references here. */
export type Expression = And | Or | Not | Check | MacroReference;

/** Two or more operands, all of which must hold. Parentheses leave no node but keep groups apart. */
export interface And {
  readonly kind: 'and';
  readonly children: readonly Expression[];
  readonly span: Span;
}

/** Two or more operands, one of which must hold. */
export interface Or {
  readonly kind: 'or';
  readonly children: readonly Expression[];
  readonly span: Span;
}

/** An odd number of `not` before one operand. */
export interface Not {
  readonly kind: 'not';
  readonly child: Expression;
  readonly span: Span;
}

/** `left operator right`. `exists` has no right side. */
export interface Check {
  readonly kind: 'check';
  readonly left: Operand;
  readonly operator: Operator;
  /** Present where the operator was written `==`, which means `=`; for printing only. */
  readonly written?: '==';
  readonly modifier: Modifier | undefined;
  readonly right: RightSide | undefined;
  readonly span: Span;
}

/** A bare identifier: the name of a macro. */
export interface MacroReference {
  readonly kind: 'macro';
  readonly name: string;
  readonly span: Span;
}

/** A value to compare with: constants (one, or a list in parentheses), or a field or transformer read at run time. */
export type RightSide = Constant | ConstantList | Operand;

/** A constant as text, escapes already resolved. Numbers are text too: the field decides how to read them. */
export interface Constant {
  readonly kind: 'constant';
  readonly text: string;
  readonly span: Span;
}

/** `(a, b, c)`. */
export interface ConstantList {
  readonly kind: 'list';
  readonly items: readonly Constant[];
  readonly span: Span;
}

/** Something that is read: a field, or a transformer over fields. */
export type Operand = FieldReference | Transformer;

/**
 * `name` or `name[argument]`; `val(name)` on the right side is the same node. Argument quotes are removed; `[""]` is an
 * empty one. Only `val(name)[argument]`, which no check allows, is a transformer called `val`.
 */
export interface FieldReference {
  readonly kind: 'field';
  readonly name: string;
  readonly argument: string | undefined;
  readonly span: Span;
}

/** `toupper(proc.name)`, `getopt(proc.args, "ab:")[b]`. */
export interface Transformer {
  readonly kind: 'transformer';
  readonly name: string;
  readonly args: readonly TransformerArgument[];
  readonly argument: string | undefined;
  readonly span: Span;
}

/** An argument of a transformer. */
export type TransformerArgument = Operand | Constant | TransformerList;

/** A list of values as an argument: `join("/", (proc.pname, proc.name))`. */
export interface TransformerList {
  readonly kind: 'transformer-list';
  readonly items: readonly (Operand | Constant)[];
  readonly span: Span;
}

/** Operators in the order in which the parser tries them. */
export const OPERATORS = [
  'exists',
  '<=',
  '<',
  '>=',
  '>',
  '==',
  '=',
  '!=',
  'glob',
  'iglob',
  'contains',
  'icontains',
  'bcontains',
  'startswith',
  'bstartswith',
  'endswith',
  'regex',
  'intersects',
  'in',
  'pmatch',
] as const;

/** An operator; `==` is read as `=`. */
export type Operator = Exclude<(typeof OPERATORS)[number], '=='>;

/** How many of several values must satisfy the operator: exactly one, at least one, all. */
export type Modifier = 'oneof' | 'anyof' | 'allof';
