import { SECTION } from '../stream/layout.ts';
import { BITS, bitsAt } from './flags.ts';
import { bytesAt, onSuccess, sizeAt, step } from './params.ts';
import { STEP, type ParamAt } from './row.ts';

/** `struct sembuf`: three numbers of 16 bits. */
const BYTES = 6;
/** Two are told, as Falco's probe does. */
const OPERATIONS = onSuccess(step(STEP.VALUE, 1, 2 * BYTES));

/** The number, the operation and the flags of one of the first two operations of `semop`; 0 where there is none, or it failed. */
export function semaphoreOperation(which: 0 | 1): readonly ParamAt[] {
  return [0, 2, 4].map((offset): ParamAt => {
    return (place) => {
      const size = sizeAt(place);
      const translate = offset === 4 ? bitsAt(place, BITS.semaphoreOperation) : (value: number) => value;
      return {
        steps: [OPERATIONS],
        write: (record, output) => {
          const at = record.low(2) > which ? bytesAt(record, SECTION.VALUE, 1, 2 * BYTES) : -1;
          output.sized(size, at === -1 ? 0 : translate(record.uint16(at + which * BYTES + offset)), 0);
        },
      };
    };
  });
}
