import { FIELD_ROWS } from '../../../engine/fields/field-table.ts';
import type { Random } from '../random.ts';
import { fieldText, transformerText } from './condition.ts';
import { strangeText } from './strange-text.ts';

/** Words of outputs, for changes at random places. */
export const OUTPUT_WORDS: readonly string[] = [
  '%',
  '%%',
  '*',
  '%5',
  '%65536',
  '%65537',
  '%99999999999999999999',
  '%-1',
  '%container.info',
  '%evt.arg.',
  '[',
  ']',
  '%proc.name',
  '%evt.arg.path',
  '%tolower(',
  '%proc.aname[',
  '%fd.name ',
  '(',
  ')',
  '"',
  '<NA>',
  '%evt.args',
];

/** An output, mostly well formed. */
export function outputText(random: Random): string {
  const parts = Array.from({ length: random.count(8) }, () => partText(random));
  return (random.once(6) ? '*' : '') + parts.join(random.once(8) ? '' : ' ');
}

function partText(random: Random): string {
  switch (random.below(6)) {
    case 0:
      return random.pick(['file=', 'user=', 'a b', '(x)', 'é']);
    case 1:
      return strangeText(random);
    case 2:
      return `%${transformerText(random)}`;
    case 3:
      return `%${random.pick([1, 8, 20, 300])}${fieldText(random.pick(FIELD_ROWS), random)}`;
    default:
      return `%${fieldText(random.pick(FIELD_ROWS), random)}`;
  }
}
