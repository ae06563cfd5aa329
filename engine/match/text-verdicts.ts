import type { Text } from '../model/text.ts';
import { MAX_TEXT_VERDICT_COLUMNS } from '../model/limits.ts';
import type { Moment } from '../state/moment.ts';
import type { Test } from './branches.ts';
import { NO, UNDECIDED, YES } from './thread-verdicts.ts';

const FIRST_TEXTS = 256;

/** What was decided about texts: for each test a column of bytes by the text's id, grown as texts come. */
export class TextVerdicts {
  #columns = 0;

  /**
   * A test of a moment that remembers what it decided about its text.
   *
   * @param column the text at a moment
   * @param test the verdict about a text
   * @param absent the verdict where there is no text
   */
  remember(column: (moment: Moment) => Text | undefined, test: Test<string>, absent: boolean): Test<Moment> {
    if (++this.#columns > MAX_TEXT_VERDICT_COLUMNS) {
      return (moment) => {
        const text = column(moment);
        return text === undefined ? absent : test(text.value);
      };
    }
    let verdicts = new Uint8Array(FIRST_TEXTS);
    return (moment) => {
      const text = column(moment);
      if (text === undefined) return absent;
      const { id } = text;
      if (id === 0) return test(text.value);
      if (id >= verdicts.length) verdicts = grown(verdicts, id);
      const known = verdicts[id] as number;
      if (known !== UNDECIDED) return known === YES;
      const verdict = test(text.value);
      verdicts[id] = verdict ? YES : NO;
      return verdict;
    };
  }
}

function grown(verdicts: Uint8Array<ArrayBuffer>, id: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(id + 1, verdicts.length * 2));
  larger.set(verdicts);
  return larger;
}
