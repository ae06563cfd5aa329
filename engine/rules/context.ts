import { spanOf, type Node } from '../document/node.ts';
import type { Mark } from '../document/mark.ts';
import { ConditionSpan, parserPosition } from '../filter/condition-span.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { DiagnosticLocation } from '../model/diagnostic.ts';
import type { Source, Span } from '../model/source.ts';

/** What a place in a rule file is, in Falco's words. */
export type ItemType =
  | 'value for'
  | 'exceptions'
  | 'exception'
  | 'exception values'
  | 'exception value'
  | 'rules content'
  | 'rules content item'
  | 'required_engine_version'
  | 'required plugin versions'
  | 'required plugin versions entry'
  | 'required plugin versions alternative'
  | 'list'
  | 'list item'
  | 'macro'
  | 'macro condition'
  | 'rule'
  | 'rule condition'
  | 'condition expression'
  | 'rule output'
  | 'rule priority'
  | 'overrides';

/** Longest condition that Falco shows whole in the name of a place. */
const LONGEST_NAME = 20;

/**
 * Where something is, told twice: as Falco's chain of places from the file inward, which does not always lead to the
 * exact place, and as the exact place.
 */
export class Context {
  readonly locations: readonly DiagnosticLocation[];
  readonly span: Span;
  /** The text that Falco shows instead of the file's: a condition. */
  readonly shown: ByteString | undefined;

  private constructor(locations: readonly DiagnosticLocation[], span: Span, shown: ByteString | undefined) {
    this.locations = locations;
    this.span = span;
    this.shown = shown;
  }

  /** A file as a whole. */
  static ofFile(source: Source): Context {
    const position = { name: source.name, line: 0, column: 0, offset: 0 };
    const location = { itemType: 'rules content', itemName: '', position };
    return new Context([location], { source, start: 0, end: 0 }, undefined);
  }

  /** A node further inward. */
  at(node: Node, itemType: ItemType, itemName: ByteString = ''): Context {
    return this.#inward(node.mark, spanOf(node), itemType, itemName);
  }

  /** The place of a syntax error. */
  atMark(mark: Mark, span: Span): Context {
    return this.#inward(mark, span, 'value for', '');
  }

  /** The same place for Falco, with another one for people. */
  withSpan(span: Span): Context {
    return new Context(this.locations, span, this.shown);
  }

  /**
   * A place in a condition. Falco adds the parser's position to that of the item, and shows the condition as it was
   * before lists were put in. Without a position it is the condition as a whole.
   */
  inCondition(
    condition: ByteString,
    position: { text: ConditionText; index: number } | undefined,
    span: Span,
  ): Context {
    const { index, line, column } =
      position === undefined ? { index: 0, line: 0, column: 0 } : parserPosition(position.text, position.index);
    const outer = (this.locations.at(-1) as DiagnosticLocation).position;
    const place = {
      name: nameOf(condition),
      line: line + outer.line,
      column: column + outer.column,
      offset: index + outer.offset,
    };
    const location = { itemType: 'condition expression', itemName: '', position: place };
    return new Context([...this.locations, location], span, condition);
  }

  /** The place in a condition that a part of it has, or that of the check around it. */
  atPart(condition: ByteString, part: Span, whose: 'part' | 'check'): Context {
    if (!(part instanceof ConditionSpan)) return this.inCondition(condition, undefined, part);
    return this.inCondition(condition, { text: part.text, index: whose === 'part' ? part.at : part.checkAt }, part);
  }

  #inward(mark: Mark, span: Span, itemType: ItemType, itemName: ByteString): Context {
    const [file] = this.locations as [DiagnosticLocation];
    const { line, column, offset } = mark;
    const position = { name: file.position.name, line, column, offset };
    return new Context([...this.locations, { itemType, itemName: toUnicode(itemName), position }], span, undefined);
  }
}

function nameOf(condition: ByteString): string {
  const text = condition.length > LONGEST_NAME ? `${condition.slice(0, LONGEST_NAME - 3)}...` : condition;
  return toUnicode(`"${text}"`.replace(/[\r\n]/g, ' '));
}
