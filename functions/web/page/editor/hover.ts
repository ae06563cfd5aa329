import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { describeWord } from './describe-word.ts';
import type { RuleNames } from './rule-names.ts';
import { wordAt } from './word-at.ts';

/** Shows what a word means while the pointer rests on it. */
export function hoverWords(names: RuleNames): Extension {
  return hoverTooltip((view, at) => {
    const word = wordAt(view.state, at);
    const told = word && describeWord(word.text, names);
    if (word === undefined || told === undefined) return null;
    return {
      pos: word.from,
      end: word.to,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-word';
        const head = document.createElement('code');
        head.textContent = told.head;
        const text = document.createElement('p');
        text.textContent = told.text;
        dom.append(head, text);
        return { dom };
      },
    };
  });
}
