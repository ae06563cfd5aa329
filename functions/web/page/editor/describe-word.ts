import { macroOrList, type RuleNames } from './rule-names.ts';
import { vocabulary } from './vocabulary.ts';

/** What is said of a word: what it is, and what it means. */
export interface Told {
  readonly head: string;
  readonly text: string;
}

/** What a word of a rule file means: a field, a name that the files define, an event type, an operator. */
export function describeWord(word: string, names: RuleNames): Told | undefined {
  const words = vocabulary.value;
  const field = words?.fields.find(({ name }) => name === word || (word.startsWith(`${name}.`) && name === 'evt.arg'));
  if (field !== undefined)
    return { head: `${field.usage.join(', ')}  ${field.type.toLowerCase()}`, text: field.description };
  const defined = macroOrList(names, word);
  if (defined !== undefined) return { head: `${defined.kind} ${word}  ${defined.file}`, text: defined.text };
  const operator = words?.operators.find((one) => one.word === word);
  if (operator !== undefined) return { head: `${operator.kind} ${word}`, text: operator.description };
  const event = words?.events.find(({ name }) => name === word);
  if (event === undefined || word.length < 3) return undefined;
  return {
    head: `${event.syscall ? 'syscall' : 'event'} ${word}`,
    text: event.params.map(({ name, type }) => `${name}: ${type.toLowerCase()}`).join(', '),
  };
}
