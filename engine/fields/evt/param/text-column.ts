import type { ParamType } from '../../../model/param-type.ts';
import type { Text } from '../../../model/text.ts';
import type { Moment } from '../../../state/moment.ts';
import { printable } from '../../../state/printable.ts';
import { paramText } from './text.ts';

const SLASH = 0x2f;
/** First character of `(NULL)`, which stands for another text. */
const PARENTHESIS = 0x28;

/** The interned text of a parameter as `evt.arg` shows it. Texts that show as they were recorded are never decoded twice. */
export function paramColumn(moment: Moment, index: number): Text {
  const { event, system } = moment;
  const type = event.info.params[index]?.type as ParamType;
  if (event.has(index) && (type === 'CHARBUF' || type === 'FSPATH' || type === 'FSRELPATH')) {
    const first = event.bytes[event.starts[index] as number] as number;
    if (type === 'CHARBUF' ? first !== PARENTHESIS : first === SLASH) {
      const recorded = event.text(index, system.texts);
      const shown = type === 'CHARBUF' ? recorded.value : printable(recorded.value);
      return shown === recorded.value ? recorded : system.texts.of(shown);
    }
  }
  return system.texts.of(paramText(moment, index));
}
