import type { FieldReference, Operand, TransformerArgument } from '../../engine/filter/ast.ts';
import { eachLeaf } from '../../engine/filter/fold.ts';
import type { Rule } from '../../engine/rules/rule-set.ts';

/** Fields that a rule reads, in its condition and in its output, without their arguments. */
export function fieldsOf(rule: Rule): ReadonlySet<string> {
  const fields = new Set(conditionFields(rule).map(({ name }) => name));
  for (const key of rule.output.fields.keys()) fields.add(key.replace(/\[.*$/, ''));
  return fields;
}

/** Fields that a rule reads in its condition. */
export function conditionFields(rule: Rule): readonly FieldReference[] {
  const fields: FieldReference[] = [];
  eachLeaf(rule.expression, (leaf) => {
    if (leaf.kind !== 'check') return;
    noteFields(leaf.left, fields);
    const { right } = leaf;
    if (right?.kind === 'field' || right?.kind === 'transformer') noteFields(right, fields);
  });
  return fields;
}

/** Names that a rule compares `evt.type` or `syscall.type` with. */
export function syscallsNamed(rule: Rule): readonly string[] {
  const names = new Set<string>();
  eachLeaf(rule.expression, (leaf) => {
    if (leaf.kind !== 'check' || leaf.left.kind !== 'field') return;
    if (leaf.left.name !== 'evt.type' && leaf.left.name !== 'syscall.type') return;
    const { right } = leaf;
    if (right?.kind === 'constant') names.add(right.text);
    if (right?.kind === 'list') for (const { text } of right.items) names.add(text);
  });
  return [...names];
}

function noteFields(operand: Operand | TransformerArgument, fields: FieldReference[]): void {
  if (operand.kind === 'field') fields.push(operand);
  else if (operand.kind === 'transformer') for (const argument of operand.args) noteFields(argument, fields);
  else if (operand.kind === 'transformer-list') for (const item of operand.items) noteFields(item, fields);
}
