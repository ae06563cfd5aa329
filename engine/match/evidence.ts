import { EVENT_TYPES } from '../model/event-types.ts';
import type { Event } from '../model/event.ts';
import type { ProcessEntry } from '../model/snapshot.ts';
import type { Need } from '../plan/needs.ts';
import { HAS_RESULT, KEPT_ENTER } from '../state/event-classes.ts';

/** What a trace has shown that it carries: event types, and the parameters that some condition asks for. */
export class Evidence {
  /** 1 for each event code that rules see and of which an event could still show something new; others need no note. */
  readonly watched = KEPT_ENTER.map((isKept) => 1 - isKept);
  readonly #needs: readonly Need[];
  /** 1 for each event code that came. */
  readonly #seen = new Uint8Array(EVENT_TYPES.length);
  /** 1 for each event code of which a call came that succeeded; a failed one carries little. */
  readonly #succeeded = new Uint8Array(EVENT_TYPES.length);
  /** Parameters that are asked for and never came, a bit each, by event code. */
  readonly #missing = new Int32Array(EVENT_TYPES.length);
  readonly #toldAtStart = new Set<Need>();

  /** @param wantedTypes event codes whose own parameters matter, as `Plan` has them */
  constructor(needs: readonly Need[], wantedTypes: Uint8Array) {
    this.#needs = needs;
    for (const { source } of needs) {
      if (source.kind !== 'event' && source.kind !== 'process') continue;
      source.positions.forEach((at, code) => {
        if (at < 0 || (source.kind === 'event' && wantedTypes[code] === 0)) return;
        this.#missing[code] = (this.#missing[code] as number) | (1 << at);
      });
    }
  }

  /** Takes an event of a watched type. */
  note(event: Event): void {
    const { type } = event;
    this.#seen[type] = 1;
    let missing = this.#missing[type] as number;
    if (missing !== 0) {
      // An event of which only the head was wanted shows nothing.
      if (event.paramCount === 0) return;
      if (HAS_RESULT[type] === 1 && event.length(0) === 8 && event.int64(0) < 0) return;
      this.#succeeded[type] = 1;
      for (let index = 0; index < event.paramCount; index++) {
        if ((event.lengths[index] as number) > 0) missing &= ~(1 << index);
      }
      this.#missing[type] = missing;
    }
    if (missing === 0) this.watched[type] = 0;
  }

  /** Takes a process of the list at the start. */
  noteProcess(entry: ProcessEntry): void {
    for (const need of this.#needs) {
      if (need.source.kind === 'process' && need.source.isTold(entry)) this.#toldAtStart.add(need);
    }
  }

  /** Event codes that came. */
  get seenCodes(): number[] {
    return EVENT_TYPES.flatMap(({ code }) => (this.#seen[code] === 1 ? [code] : []));
  }

  /** True when events of this code came and none carried the parameter at this position. */
  lacks(code: number, position: number): boolean {
    return this.#succeeded[code] === 1 && (((this.#missing[code] as number) >> position) & 1) === 1;
  }

  /** True when events of this code carried the parameter at this position. */
  carries(code: number, position: number): boolean {
    return this.#succeeded[code] === 1 && !this.lacks(code, position);
  }

  /** True when the list at the start told of it for some process. */
  wasToldAtStart(need: Need): boolean {
    return this.#toldAtStart.has(need);
  }
}
