import type { Expression } from '../../../engine/filter/ast.ts';
import { ConditionText } from '../../../engine/filter/condition-text.ts';
import { eachLeaf } from '../../../engine/filter/fold.ts';
import { parseCondition } from '../../../engine/filter/parse-condition.ts';
import { printExpression, writeExpression } from '../../../engine/filter/print.ts';
import { toUnicode } from '../../../engine/model/byte-string.ts';
import type { Diagnostic } from '../../../engine/model/diagnostic.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeText } from '../mutate/text.ts';
import { conditions } from '../samples.ts';
import { promise, type Target } from '../target.ts';
import { CONDITION_WORDS, conditionText } from '../words/condition.ts';

/** The scanner and the parser of conditions, and that what is written reads back as the same. */
export const condition: Target<string> = {
  name: 'condition',
  kind: 'text',
  brief: 4_000,
  make: (random) => (random.once(4) ? random.pick(conditions()) : conditionText(random)),
  change: (text, random) => changeText(text, random, { words: CONDITION_WORDS, samples: conditions() }),
  run(text) {
    const { expression, failure } = parseCondition(ConditionText.ofText(text));
    if (expression === undefined) {
      const { code, message, span, hint } = failure;
      const severity = 'error';
      const diagnostic: Diagnostic = {
        code,
        severity,
        message: toUnicode(message),
        span,
        ...(hint !== undefined && { hint }),
      };
      return heldDiagnostics([diagnostic]);
    }
    printExpression(expression);
    return readsBack(expression);
  },
};

function readsBack(expression: Expression): string[] {
  const written = toUnicode(writeExpression(expression));
  const { expression: again, failure } = parseCondition(ConditionText.ofText(written));
  promise(again !== undefined, `what was written does not read back: ${failure?.message}`);
  const kinds = leaves(expression);
  promise(leaves(again as Expression).join('\n') === kinds.join('\n'), 'what was written reads back as something else');
  promise(toUnicode(writeExpression(again as Expression)) === written, 'what was written is written differently again');
  return [
    ...kinds.map((kind) => kind.replace(/"text":"(?:[^"\\]|\\.)*"|"name":"[^"]*"|[0-9]+/g, '')),
    `${Math.ceil(Math.log2(kinds.length))} checks`,
  ];
}

function leaves(expression: Expression): string[] {
  const found: string[] = [];
  eachLeaf(expression, (leaf) => {
    found.push(JSON.stringify(leaf, (key, value: unknown) => (key === 'span' ? undefined : value)));
  });
  return found;
}
