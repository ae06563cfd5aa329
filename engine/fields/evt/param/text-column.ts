import type { ParamType } from '../../../model/param-type.ts';
import type { Text, Texts } from '../../../model/text.ts';
import type { Moment } from '../../../state/moment.ts';
import { printable } from '../../../state/printable.ts';
import { recordedColumn } from './recorded-text.ts';
import { paramText } from './text.ts';

const SLASH = 0x2f;

/**
 * Parameters as `evt.arg` shows them, as interned texts. A text or an absolute path that was seen before is neither
 * decoded nor looked through again.
 */
export class ParamColumn {
  #texts: Texts | undefined = undefined;
  /** What each recorded path shows as, by the id of its text. */
  #shown: (Text | undefined)[] = [];

  at(moment: Moment, index: number): Text {
    const { event, system } = moment;
    const type = event.info.params[index]?.type as ParamType;
    if (type === 'CHARBUF') return recordedColumn(event, index, system.texts);
    const isPath = type === 'FSPATH' || type === 'FSRELPATH';
    if (isPath && event.has(index) && event.bytes[event.starts[index] as number] === SLASH) {
      return this.#printable(event.text(index, system.texts), system.texts);
    }
    return system.texts.of(paramText(moment, index));
  }

  #printable(recorded: Text, texts: Texts): Text {
    if (texts !== this.#texts) [this.#texts, this.#shown] = [texts, []];
    const known = this.#shown[recorded.id];
    if (known !== undefined && recorded.id !== 0) return known;
    const value = printable(recorded.value);
    const shown = value === recorded.value ? recorded : texts.of(value);
    while (this.#shown.length < recorded.id) this.#shown.push(undefined);
    this.#shown[recorded.id] = shown;
    return shown;
  }
}
