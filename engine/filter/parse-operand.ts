import type { ByteString } from '../model/byte-string.ts';
import { MAX_TRANSFORMER_DEPTH } from '../model/limits.ts';
import type { Constant, FieldReference, Operand, Transformer, TransformerArgument, TransformerList } from './ast.ts';
import { LimitError, ParseError, type Lexer } from './lexer.ts';

/**
 * Reads fields and transformers:
 *
 *     Field       = FieldName Argument?
 *     Argument    = "[" ( QuotedText | BareArgument ) "]"
 *     Transformer = Name "(" Arg { "," Arg } ")" Argument?
 *     Arg         = Number | QuotedText | "(" Items ")" | Transformer | Field
 *     Items       = [ Item { "," Item } ]
 *     Item        = Field | Transformer | QuotedText | Number
 *
 * `at` and `checkAt` are where Falco says the operand and the check it belongs to are.
 */
export class OperandParser {
  readonly #lexer: Lexer;
  #depth = 0;
  /** Nodes made so far. */
  count = 0;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
  }

  /** A field or transformer, if one is next. */
  operand(at: number, checkAt: number): Operand | undefined {
    const lexer = this.#lexer;
    const start = lexer.offset;
    if (lexer.fieldName()) return this.#field(start, at, checkAt);
    if (!lexer.transformer()) return undefined;
    lexer.blank();
    return this.#transformer(start, at, checkAt);
  }

  /** A transformer or `val(field)`, if one is next: what may stand on the right of an operator besides constants. */
  rightOperand(at: number, checkAt: number): Operand | undefined {
    const lexer = this.#lexer;
    const start = lexer.offset;
    if (lexer.word('val(')) return this.#val(start, at, checkAt);
    if (!lexer.transformer()) return undefined;
    lexer.blank();
    return this.#transformer(start, at, checkAt);
  }

  #val(start: number, at: number, checkAt: number): Operand {
    const lexer = this.#lexer;
    lexer.blank();
    const fieldStart = lexer.offset;
    if (!lexer.fieldName()) throw new ParseError("expected a field within 'val' transformer");
    const field = this.#field(fieldStart, at, checkAt);
    lexer.blank();
    if (!lexer.word(')')) throw new ParseError("expected a ')' token closing the transformer");
    const argument = this.#argument();
    const span = lexer.span(start, at, checkAt);
    if (argument === undefined) return { ...field, span };
    return { kind: 'transformer', name: 'val', args: [field], argument, span };
  }

  /** The rest of a field; its name is the last token. */
  #field(start: number, at: number, checkAt: number): FieldReference {
    const name = this.#lexer.last;
    const argument = this.#argument();
    this.count++;
    return { kind: 'field', name, argument, span: this.#lexer.span(start, at, checkAt) };
  }

  #argument(): ByteString | undefined {
    const lexer = this.#lexer;
    if (!lexer.word('[')) return undefined;
    if (!lexer.quoted() && !lexer.fieldArgument()) {
      throw new ParseError('expected a valid field argument: a quoted string or a bare string');
    }
    const argument = lexer.last;
    if (!lexer.word(']')) throw new ParseError("expected a ']' token");
    return argument;
  }

  /** The rest of a transformer; its name is the last token and its parenthesis is open. */
  #transformer(start: number, at: number, checkAt: number): Transformer {
    const lexer = this.#lexer;
    if (++this.#depth > MAX_TRANSFORMER_DEPTH) {
      throw new LimitError(
        'LIMIT_TRANSFORMER_DEPTH',
        `transformers are nested more than ${MAX_TRANSFORMER_DEPTH} deep`,
      );
    }
    const name = lexer.last;
    const args: TransformerArgument[] = [];
    do {
      args.push(this.#transformerArgument(at, checkAt));
      lexer.blank();
    } while (lexer.word(','));
    if (!lexer.word(')')) throw new ParseError("expected a ')' token closing the transformer");
    const argument = this.#argument();
    this.#depth--;
    this.count++;
    return { kind: 'transformer', name, args, argument, span: lexer.span(start, at, checkAt) };
  }

  #transformerArgument(at: number, checkAt: number): TransformerArgument {
    const lexer = this.#lexer;
    lexer.blank();
    const start = lexer.offset;
    if (lexer.number() || lexer.quoted()) return this.#constant(start, at, checkAt);
    if (lexer.word('(')) return this.#transformerList(start, at, checkAt);
    if (lexer.transformer()) return this.#transformer(start, at, checkAt);
    if (lexer.fieldName()) return this.#field(start, at, checkAt);
    throw new ParseError(
      'expected field transformer argument: field, transformer, quoted string, number, or transformer list',
    );
  }

  #transformerList(start: number, at: number, checkAt: number): TransformerList {
    const lexer = this.#lexer;
    const items: (Operand | Constant)[] = [];
    lexer.blank();
    if (!lexer.word(')')) {
      items.push(this.#transformerListItem(at, checkAt));
      lexer.blank();
      while (lexer.word(',')) {
        lexer.blank();
        items.push(this.#transformerListItem(at, checkAt));
        lexer.blank();
      }
      if (!lexer.word(')')) throw new ParseError("expected ')'");
    }
    return { kind: 'transformer-list', items, span: lexer.span(start, at, checkAt) };
  }

  #transformerListItem(at: number, checkAt: number): Operand | Constant {
    const lexer = this.#lexer;
    const operand = this.operand(at, checkAt);
    if (operand !== undefined) return operand;
    const start = lexer.offset;
    if (lexer.quoted() || lexer.number()) return this.#constant(start, at, checkAt);
    throw new ParseError('expected transformer list argument: field, transformer, quoted string, or number');
  }

  #constant(start: number, at: number, checkAt: number): Constant {
    this.count++;
    return { kind: 'constant', text: this.#lexer.last, span: this.#lexer.span(start, at, checkAt) };
  }
}
