import { conditionWord } from './condition-words.ts';

/** What a condition goes on with. */
export type Expected =
  | { readonly kind: 'check' }
  | { readonly kind: 'operator' }
  | { readonly kind: 'joint' }
  | { readonly kind: 'value'; readonly field: string; readonly inList: boolean };

/** What may follow after the beginning of a condition. */
export function expectedAt(before: string): Expected {
  let expected: Expected = { kind: 'check' };
  let field = '';
  let listDepth = 0;
  for (let at = 0; at < before.length;) {
    const word = conditionWord(before.slice(at));
    if (word === undefined) {
      at++;
      continue;
    }
    const text = before.slice(at, at + word.length);
    at += word.length;
    if (expected.kind === 'value') {
      if (text === '(') listDepth++;
      if (text === ')' && listDepth > 0 && --listDepth === 0) expected = { kind: 'joint' };
      else if (listDepth === 0 && word.kind !== 'operator') expected = { kind: 'joint' };
      else expected = { kind: 'value', field, inList: listDepth > 0 };
      continue;
    }
    if (word.kind === 'joint') expected = { kind: 'check' };
    else if (text === '(') expected = { kind: 'check' };
    else if (text === ')') expected = { kind: expected.kind === 'check' ? 'check' : expected.kind };
    else if (word.kind === 'field') {
      field = text;
      expected = { kind: 'operator' };
    } else if (word.kind === 'operator') {
      expected = text === 'exists' ? { kind: 'joint' } : { kind: 'value', field, inList: false };
    } else if (word.kind === 'macro') expected = { kind: 'joint' };
  }
  return expected;
}
