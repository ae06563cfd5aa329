import { MAX_CONDITION_DEPTH } from '../model/limits.ts';
import type { Expression } from './ast.ts';
import { LimitError, ParseError, type Lexer } from './lexer.ts';
import { CheckParser } from './parse-check.ts';

/** What is being read: the whole condition, or what is inside a pair of parentheses. */
interface Group {
  readonly start: number;
  /** Where Falco says the group begins. */
  readonly at: number;
  /** Finished operands of `or`. */
  readonly or: Expression[];
  /** Operands of the chain of `and` that is being read, and where it begins. */
  and: Expression[];
  chainStart: number;
  /** What the group's value becomes: an operand of the chain it is in, the same after a `not`, or, after `or(`, an operand of `or`. */
  readonly becomes: 'operand' | 'negated' | 'or';
  readonly notStart: number;
}

/**
 * Reads a condition:
 *
 *     Or  = And { "or" ( blank And | "(" Or ")" ) }
 *     And = Not { "and" ( blank Not | "(" Or ")" ) }
 *     Not = { "not" blank } ( "not(" Or ")" | "(" Or ")" | Check )
 *
 * It keeps a stack of its own, so that depth costs memory and not calls.
 */
export class ConditionParser {
  readonly #lexer: Lexer;
  readonly #checks: CheckParser;
  readonly #groups: Group[] = [];
  #made = 0;

  constructor(lexer: Lexer, mostNodes: number | undefined) {
    this.#lexer = lexer;
    this.#checks = new CheckParser(lexer, mostNodes);
  }

  /** Nodes made so far. */
  get count(): number {
    return this.#checks.count + this.#made;
  }

  /** Reads up to where the grammar stops; the caller sees whether anything is left. */
  parse(): Expression {
    this.#open('operand', 0);
    for (;;) {
      const operand = this.#operand();
      const whole = operand === undefined ? undefined : this.#attach(operand);
      if (whole !== undefined) return whole;
    }
  }

  /** Begins a group; the parenthesis before it was taken. */
  #open(becomes: Group['becomes'], notStart: number): void {
    if (this.#groups.length > MAX_CONDITION_DEPTH) {
      throw new LimitError('LIMIT_CONDITION_DEPTH', `condition is nested more than ${MAX_CONDITION_DEPTH} deep`);
    }
    const lexer = this.#lexer;
    if (this.#groups.length > 0) lexer.blank();
    const at = lexer.offset;
    lexer.blank();
    const start = lexer.offset;
    this.#groups.push({ start, at, or: [], and: [], chainStart: start, becomes, notStart });
  }

  /** Reads the next operand of a chain of `and`; undefined when a parenthesis began a group instead. */
  #operand(): Expression | undefined {
    const lexer = this.#lexer;
    lexer.blank();
    const start = lexer.offset;
    let negated = false;
    while (lexer.not()) negated = !negated;
    if (lexer.word('not(')) {
      this.#open(negated ? 'operand' : 'negated', start);
      return undefined;
    }
    const at = lexer.offset;
    lexer.blank();
    if (lexer.word('(')) {
      this.#open(negated ? 'negated' : 'operand', start);
      return undefined;
    }
    const check = this.#checks.check(at);
    return negated ? this.#not(check, start) : check;
  }

  /** Adds an operand to its chain and ends all that ends after it; gives the condition when everything has ended. */
  #attach(first: Expression): Expression | undefined {
    let operand = first;
    for (;;) {
      let group = this.#groups.at(-1) as Group;
      group.and.push(operand);
      if (this.#andFollows()) return undefined;
      let value = this.#join('and', group.and, group.chainStart, group.chainStart);
      for (;;) {
        group.or.push(value);
        if (this.#orFollows(group)) return undefined;
        value = this.#join('or', group.or, group.start, group.at);
        this.#groups.pop();
        if (this.#groups.length === 0) return value;
        if (!this.#lexer.word(')')) throw new ParseError("expected a ')' token");
        if (group.becomes !== 'or') break;
        group = this.#groups.at(-1) as Group;
      }
      operand = group.becomes === 'negated' ? this.#not(value, group.notStart) : value;
    }
  }

  #andFollows(): boolean {
    this.#lexer.blank();
    if (!this.#lexer.word('and')) return false;
    if (this.#lexer.blank()) return true;
    if (!this.#lexer.word('(')) throw new ParseError("expected blank or '(' after 'and'");
    this.#open('operand', 0);
    return true;
  }

  #orFollows(group: Group): boolean {
    this.#lexer.blank();
    if (!this.#lexer.word('or')) return false;
    if (this.#lexer.blank()) {
      group.and = [];
      group.chainStart = this.#lexer.offset;
      return true;
    }
    if (!this.#lexer.word('(')) throw new ParseError("expected blank or '(' after 'or'");
    this.#open('or', 0);
    return true;
  }

  #join(kind: 'and' | 'or', children: readonly Expression[], start: number, at: number): Expression {
    if (children.length === 1) return children[0] as Expression;
    this.#made++;
    return { kind, children, span: this.#lexer.span(start, at) };
  }

  #not(child: Expression, start: number): Expression {
    this.#made++;
    return { kind: 'not', child, span: this.#lexer.span(start) };
  }
}
