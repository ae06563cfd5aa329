import { integerOf } from '../../model/integer.ts';
import type { Moment } from '../../state/moment.ts';
import type { System } from '../../state/system.ts';
import type { Reading } from '../field.ts';

/**
 * `evt.deltatime`: the time since the same check was last evaluated, so every reading keeps a clock of its own. An
 * output starts a new clock with every alert, in Falco too, and shows 0.
 */
export function delta(part: (nanoseconds: bigint) => bigint, printed = '0'): Reading {
  const clock = new DeltaClock();
  return {
    subject: 'event',
    read: (moment) => integerOf(part(clock.elapsed(moment))),
    printed: () => printed,
    json: () => 0,
  };
}

class DeltaClock {
  #system: System | undefined;
  #eventNumber = 0;
  #last = 0n;
  #elapsed = 0n;

  /** Nanoseconds since the event before; reading twice at one event answers the same. A new run starts again. */
  elapsed({ event, system }: Moment): bigint {
    if (system === this.#system && event.num === this.#eventNumber) return this.#elapsed;
    const time = event.time();
    this.#elapsed = system === this.#system && this.#last !== 0n ? BigInt.asUintN(64, time - this.#last) : 0n;
    this.#system = system;
    this.#eventNumber = event.num;
    this.#last = time;
    return this.#elapsed;
  }
}
