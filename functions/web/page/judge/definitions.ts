import { writeExpression } from '../../../../engine/filter/print.ts';
import { toUnicode } from '../../../../engine/model/byte-string.ts';
import type { Span } from '../../../../engine/model/source.ts';
import type { RuleSet } from '../../../../engine/rules/rule-set.ts';
import type { Definition } from './protocol.ts';

/** Characters of a definition that are shown. */
const MOST_CHARS = 600;

/** Names that rule files define. A file that does not load keeps those that were known before. */
export function definitionsOf(ruleSet: RuleSet | undefined, before: readonly Definition[]): readonly Definition[] {
  if (ruleSet === undefined) return before;
  const lists = [...ruleSet.lists.values()].map(({ name, items, span }) =>
    definition('list', name, items.join(', '), span),
  );
  const macros = [...ruleSet.macros.values()].map(({ name, written, span }) =>
    definition('macro', name, toUnicode(writeExpression(written)), span),
  );
  const rules = ruleSet.rules.map(({ name, description, span }) => definition('rule', name, description.trim(), span));
  return [...lists, ...macros, ...rules];
}

function definition(kind: Definition['kind'], name: string, text: string, { source, start }: Span): Definition {
  const shown = text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)} …` : text;
  return { kind, name, text: shown, file: source.name, offset: start };
}
