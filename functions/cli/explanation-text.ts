import type { EventExplanation } from '../../engine/explanation/event-explainer.ts';
import type { EventFacts } from '../../engine/explanation/event-facts.ts';
import type { RuleExplanation } from '../../engine/explanation/explain-moment.ts';
import { changeText } from '../../engine/explanation/near-miss-text.ts';
import { outcomeText } from '../../engine/explanation/outcome-text.ts';
import { eventLine } from './event-line.ts';
import { visibleText } from '../../engine/explanation/visible-text.ts';
import type { Paint } from './paint.ts';
import { placeText } from './place-text.ts';
import { truthTableText } from './truth-table-text.ts';

/** Rules that did not fire and are listed when none was asked for. */
const MOST_RULES = 20;
/** Checks that are told of one rule in a list. */
const MOST_CHECKS = 4;

/** What an event says of one rule, with the truth table, or of all rules that can see it, for people. */
export function explanationText(explanation: EventExplanation, isOne: boolean, paint: Paint): string {
  const { event, visible, explanations } = explanation;
  const [only] = explanations;
  const head = [eventLine(event, paint), ...(visible ? [] : ['Falco shows this event to no rule.'])];
  const body = isOne && only !== undefined ? oneRule(only, event, paint) : allRules(explanation, paint);
  return `${[...head, '', ...body].join('\n')}\n`;
}

function oneRule(explanation: RuleExplanation, event: EventFacts, paint: Paint): string[] {
  const { rule, outcome, holds, changes, distance, table } = explanation;
  const mark = outcome === 'fired' ? paint('green', 'fired') : paint('red', 'did not fire');
  const sentence = outcomeText(explanation, event).replace(/^(fired|did not fire)/, mark);
  const lines = [
    `${paint('bold', visibleText(rule.name))} (${rule.priority}) ${sentence}`,
    paint('dim', placeText(rule.span)),
    '',
  ];
  if (changes !== undefined && !holds && distance > 0) {
    lines.push('it would hold if', ...changes.map((change) => `  ${changeText(change)}`), '');
  }
  return table === undefined ? lines : [...lines, ...truthTableText(table, paint)];
}

function allRules({ explanations, ruleCount, event }: EventExplanation, paint: Paint): string[] {
  const fired = explanations.filter(({ outcome }) => outcome === 'fired');
  const others = explanations.filter(
    ({ outcome, distance }) => outcome !== 'fired' && (outcome !== 'no-match' || distance < Infinity),
  );
  const lines = fired.flatMap(({ rule, table }) => [
    `${paint('green', 'fired')}  ${paint('bold', visibleText(rule.name))} (${rule.priority})  ${paint('dim', placeText(rule.span))}`,
    ...(table?.rows ?? [])
      .flatMap(({ check, decisive }) => (check !== undefined && decisive && check.holds ? [check] : []))
      .slice(0, MOST_CHECKS * 2)
      .map(({ check, value }) => paint('dim', `         ${check}${value === undefined ? '' : ` (is ${value})`}`)),
  ]);
  if (fired.length === 0) lines.push(`no rule ${paint('red', 'fired')}`);
  if (others.length > 0) lines.push('', 'others, the nearest first');
  for (const one of others.slice(0, MOST_RULES)) lines.push(...otherRule(one, event, paint));
  const never = explanations.length - fired.length - others.length;
  const more = ruleCount - fired.length - Math.min(others.length, MOST_RULES) - never;
  if (more > 0) lines.push(`and ${more} more rules that can see ${event.type} events`);
  if (never > 0) lines.push('', `${never} rules are tried on such events, but can not match this one`);
  return [...lines, '', paint('dim', 'with --rule NAME: the whole condition as a table')];
}

function otherRule(explanation: RuleExplanation, event: EventFacts, paint: Paint): string[] {
  const { rule, outcome, changes } = explanation;
  const head = `  ${paint('bold', visibleText(rule.name))}`;
  if (outcome !== 'no-match' || changes === undefined) {
    return [`${head}  ${outcomeText(explanation, event).replace('did not fire: ', '')}`];
  }
  const more = explanation.distance - MOST_CHECKS;
  const texts = changes.slice(0, MOST_CHECKS).map(changeText);
  const rest = more > 0 ? [`${more} more`] : [];
  return [head, paint('dim', `      if ${[...texts, ...rest].join('\n     and ')}`)];
}
