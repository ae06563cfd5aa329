import { MAX_PARSED_NODES } from '../model/limits.ts';
import {
  OPERATORS,
  type Check,
  type Constant,
  type ConstantList,
  type Expression,
  type Modifier,
  type RightSide,
} from './ast.ts';
import { LimitError, ParseError, type Lexer } from './lexer.ts';
import { TRANSFORMER_TABLE, type OperatorRow } from './operators.ts';
import { OperandParser } from './parse-operand.ts';

const OPERATORS_QUOTED = quote(OPERATORS);
const TRANSFORMERS_QUOTED = quote(['val', ...TRANSFORMER_TABLE.map(({ word }) => word)]);

/**
 * Reads one check, or the name of a macro:
 *
 *     Check  = ( Field | Transformer ) Rest | Identifier
 *     Rest   = "exists" | Number-Operator ( Right | Number ) | Text-Operator Modifier ( List | Identifier )
 *            | Text-Operator ( Right | QuotedText | BareText ) | List-Operator ( List | Right | Identifier )
 *     Right  = "val(" Field ")" | Transformer
 *     List   = "(" [ Text { "," Text } ] ")"
 */
export class CheckParser {
  readonly #lexer: Lexer;
  readonly #operands: OperandParser;
  readonly #mostNodes: number;

  constructor(lexer: Lexer, mostNodes = MAX_PARSED_NODES) {
    this.#lexer = lexer;
    this.#operands = new OperandParser(lexer);
    this.#mostNodes = mostNodes;
  }

  /** Nodes made so far. */
  get count(): number {
    return this.#operands.count;
  }

  /** The next check. `at` is where Falco says it is. */
  check(at: number): Expression {
    const lexer = this.#lexer;
    const start = lexer.offset;
    this.#made();
    const left = this.#operands.operand(at, at);
    if (left !== undefined) {
      lexer.blank();
      const rest = this.#rest(at);
      return { kind: 'check', left, ...rest, span: lexer.span(start, at, at) };
    }
    if (lexer.identifier()) return { kind: 'macro', name: lexer.last, span: lexer.span(start, at, at) };
    throw new ParseError("expected a '(' token, a field check, or an identifier");
  }

  #rest(checkAt: number): Pick<Check, 'operator' | 'written' | 'modifier' | 'right'> {
    const lexer = this.#lexer;
    if (lexer.operator('none')) return { operator: 'exists', modifier: undefined, right: undefined };
    let row = lexer.operator('number');
    if (row !== undefined) return { operator: row.operator, modifier: undefined, right: this.#number(checkAt) };
    row = lexer.operator('text');
    if (row !== undefined) return this.#textOperator(row, checkAt);
    row = lexer.operator('list');
    if (row !== undefined) return { operator: row.operator, modifier: undefined, right: this.#listOrOperand(checkAt) };
    throw new ParseError(`expected a valid check operator: one of ${OPERATORS_QUOTED}`);
  }

  #textOperator(row: OperatorRow, checkAt: number): Pick<Check, 'operator' | 'written' | 'modifier' | 'right'> {
    const lexer = this.#lexer;
    const written = row.word === '==' ? { written: '==' as const } : {};
    // An operator that is a word has taken the blank after it.
    const blank = row.needsBlank || lexer.blank();
    if (blank && lexer.modifier()) {
      const modifier = lexer.last as Modifier;
      return { operator: row.operator, ...written, modifier, right: this.#listOrName(checkAt) };
    }
    return { operator: row.operator, ...written, modifier: undefined, right: this.#text(checkAt) };
  }

  #number(checkAt: number): RightSide {
    const at = this.#skipBlank();
    const operand = this.#operands.rightOperand(at, checkAt);
    if (operand !== undefined) return operand;
    if (this.#lexer.number()) return this.#constant(at, at, checkAt);
    throw new ParseError(`expected a number value or a field with a valid transformer: ${TRANSFORMERS_QUOTED}`);
  }

  #text(checkAt: number): RightSide {
    const at = this.#skipBlank();
    const operand = this.#operands.rightOperand(at, checkAt);
    if (operand !== undefined) return operand;
    if (this.#lexer.quoted() || this.#lexer.bare()) return this.#constant(at, at, checkAt);
    throw new ParseError(`expected a string value or a field with a valid transformer: ${TRANSFORMERS_QUOTED}`);
  }

  #listOrOperand(checkAt: number): RightSide {
    const at = this.#skipBlank();
    const right = this.#list(at, checkAt) ?? this.#operands.rightOperand(at, checkAt);
    if (right !== undefined) return right;
    if (this.#lexer.identifier()) return this.#constant(at, at, checkAt);
    throw new ParseError(`expected a list, an identifier, or a field with a valid transformer: ${TRANSFORMERS_QUOTED}`);
  }

  #listOrName(checkAt: number): RightSide {
    const at = this.#skipBlank();
    const list = this.#list(at, checkAt);
    if (list !== undefined) return list;
    if (this.#lexer.identifier()) return this.#constant(at, at, checkAt);
    throw new ParseError('expected a list or an identifier');
  }

  #list(at: number, checkAt: number): ConstantList | undefined {
    const lexer = this.#lexer;
    if (!lexer.word('(')) return undefined;
    const items: Constant[] = [];
    lexer.blank();
    const first = this.#firstItem(at, checkAt);
    if (first !== undefined) {
      items.push(first);
      lexer.blank();
      while (lexer.word(',')) {
        lexer.blank();
        const start = lexer.offset;
        if (!lexer.quoted() && !lexer.bare()) throw new ParseError('expected a string value');
        items.push(this.#constant(start, at, checkAt));
        lexer.blank();
      }
    }
    if (!lexer.word(')')) throw new ParseError("expected a ')' token");
    return { kind: 'list', items, span: lexer.span(at, at, checkAt) };
  }

  /** A list whose first item can't be read, be it for a wrong escape, counts as empty. */
  #firstItem(at: number, checkAt: number): Constant | undefined {
    const start = this.#lexer.offset;
    try {
      return this.#lexer.quoted() || this.#lexer.bare() ? this.#constant(start, at, checkAt) : undefined;
    } catch (error) {
      if (error instanceof ParseError) return undefined;
      throw error;
    }
  }

  #constant(start: number, at: number, checkAt: number): Constant {
    this.#made();
    return { kind: 'constant', text: this.#lexer.last, span: this.#lexer.span(start, at, checkAt) };
  }

  #skipBlank(): number {
    this.#lexer.blank();
    return this.#lexer.offset;
  }

  #made(): void {
    if (++this.#operands.count <= this.#mostNodes) return;
    throw new LimitError('LIMIT_CONDITION_NODES', `conditions have more than ${MAX_PARSED_NODES} parts`);
  }
}

function quote(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
