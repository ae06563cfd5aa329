import { integerOf } from '../../model/integer.ts';
import type { Moment } from '../../state/moment.ts';
import type { System } from '../../state/system.ts';
import type { Reading } from '../field.ts';

/**
 * `evt.deltatime`: the time since the same check was last evaluated, so every reading keeps clocks of its own, one for
 * conditions and one for outputs. JSON shows 0 always, since Falco reads the value twice there and keeps the second one.
 *
 * @param part takes the asked part of a number of nanoseconds
 * @param shown prints it
 */
export function delta(part: (nanoseconds: bigint) => bigint, shown: (value: bigint) => string = String): Reading {
  const tested = new DeltaClock();
  const rendered = new DeltaClock();
  return {
    subject: 'event',
    changesWhenRead: true,
    read: (moment) => integerOf(part(tested.elapsed(moment))),
    printed: (moment) => shown(part(rendered.elapsed(moment))),
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
