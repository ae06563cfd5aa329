import type { RuleDifference, SetDifference, StaticDifference } from './static-difference.ts';

/** What differs by itself, a line for each list, macro and rule. */
export function differenceLines({ lists, macros, rules }: StaticDifference): string[] {
  return [
    ...setLines('rule', rules),
    ...rules.changed.flatMap(ruleLine),
    ...setLines('macro', macros),
    ...macros.changed.map(({ name, rules: reached, sameMeaning }) =>
      sameMeaning ? `macro ${name} is written otherwise and says the same` : `macro ${name} changed${reach(reached)}`,
    ),
    ...setLines('list', lists),
    ...lists.changed.map(({ name, rules: reached }) => `list ${name} changed${reach(reached)}`),
  ];
}

function setLines(what: string, { added, removed }: SetDifference): string[] {
  return [...removed.map((name) => `${what} ${name} removed`), ...added.map((name) => `${what} ${name} added`)];
}

/** Rules that are named; of more only the number is told. */
const MOST_RULES = 3;

function reach(rules: readonly string[]): string {
  if (rules.length === 0) return ', no rule uses it';
  if (rules.length > MOST_RULES) return `, ${rules.length} rules use it`;
  return `, used by ${rules.join(', ')}`;
}

function ruleLine({ name, condition, eventTypes, outputFields }: RuleDifference): string[] {
  const parts: string[] = [];
  if (condition === 'same meaning') parts.push('condition is written otherwise and says the same');
  if (eventTypes.added.length > 0) parts.push(`looks at ${eventTypes.added.join(', ')} too`);
  if (eventTypes.removed.length > 0) parts.push(`no longer looks at ${eventTypes.removed.join(', ')}`);
  if (outputFields.added.length > 0) parts.push(`output shows ${outputFields.added.join(', ')} too`);
  if (outputFields.removed.length > 0) parts.push(`output no longer shows ${outputFields.removed.join(', ')}`);
  return parts.length === 0 ? [] : [`rule ${name}: ${parts.join('; ')}`];
}
