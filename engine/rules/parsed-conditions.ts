import type { Expression, MacroReference } from '../filter/ast.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { parseCondition } from '../filter/parse-condition.ts';
import type { ByteString } from '../model/byte-string.ts';
import { MAX_PARSED_NODES } from '../model/limits.ts';
import type { Context } from './context.ts';
import { LoadError } from './load-error.ts';
import { macroReferences } from './macro-table.ts';

/** A condition that was read, with the macros that it names. */
export interface ParsedCondition {
  readonly expression: Expression;
  readonly references: readonly MacroReference[];
}

interface Known extends ParsedCondition {
  readonly text: ByteString;
  readonly nodes: number;
}

/** Reads conditions, each once: all are read again after every file, but few have changed. */
export class ParsedConditions {
  readonly #known = new Map<ConditionText, Known>();
  #nodes = 0;

  /**
   * Reads a condition: `collected` as it is in the collector, `expanded` with exceptions and lists in place. Throws
   * LOAD_ERR_COMPILE_CONDITION at the place that Falco tells.
   */
  parse(collected: ConditionText, expanded: ConditionText, context: Context): ParsedCondition {
    const known = this.#known.get(collected);
    if (known?.text === expanded.value) return known;
    this.#nodes -= known?.nodes ?? 0;
    const result = parseCondition(expanded, MAX_PARSED_NODES - this.#nodes);
    if (result.failure !== undefined) {
      const { code, message, stop, span, hint } = result.failure;
      const place = context.inCondition(expanded.value, { text: expanded, index: stop }, span);
      throw new LoadError(code === 'SYNTAX' ? 'LOAD_ERR_COMPILE_CONDITION' : code, message, place, hint);
    }
    const { expression, nodes } = result;
    this.#nodes += nodes;
    const parsed = { expression, references: macroReferences(expression), text: expanded.value, nodes };
    this.#known.set(collected, parsed);
    return parsed;
  }
}
