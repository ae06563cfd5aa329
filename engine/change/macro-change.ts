import { toUnicode } from '../model/byte-string.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import type { MacroItem } from '../rules/items.ts';
import { conditionEdits } from './condition-change.ts';
import type { EditDraft } from './edit.ts';
import { unchanged, type ObjectChange } from './object-change.ts';
import type { Statements } from './statements.ts';

/**
 * How a macro differs. One that was added or removed is there in every mixture, since it acts only through what names
 * it, and what names it can't be read without it.
 */
export function macroChange(
  from: MacroItem | undefined,
  to: MacroItem | undefined,
  before: Statements,
  after: Statements,
): ObjectChange<MacroItem> {
  if (from === undefined) return wholeMacro(to as MacroItem, 'macro added');
  if (to === undefined) return wholeMacro(from, 'macro removed');
  const owner = { subject: 'macro', name: to.name } as const;
  const change = conditionEdits(owner, from.condition, to.condition, before, after);
  if (change.drafts.length === 0) return unchanged(to);
  return {
    drafts: change.drafts,
    mix: (takes) => ({ ...to, condition: change.mix(takes) as ConditionText }),
  };
}

function wholeMacro(macro: MacroItem, kind: 'macro added' | 'macro removed'): ObjectChange<MacroItem> {
  const name = toUnicode(macro.name);
  const condition = toUnicode(macro.condition.value);
  const isNew = kind === 'macro added';
  const draft: EditDraft = {
    kind,
    subject: 'macro',
    name,
    text: `macro ${name} ${isNew ? 'added' : 'removed'}`,
    before: isNew ? undefined : condition,
    after: isNew ? condition : undefined,
    span: macro.context.span,
    means: undefined,
    revocable: false,
  };
  return { drafts: [draft], mix: () => macro };
}
