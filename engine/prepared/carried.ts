import { TOLD_AT_START } from '../fields/field-source.ts';
import type { Evidence, KnownAtEnd } from '../match/undecidable.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import type { Event } from '../model/event.ts';
import type { ProcessEntry } from '../model/snapshot.ts';
import type { Need } from '../plan/needs.ts';
import type { Numbers } from './number-column.ts';
import { HAS_RESULT, KEPT_ENTER } from '../state/event-classes.ts';

/** What a trace carries, by event code: whether it came, whether a call succeeded, and the parameters that then had something. */
export interface CarriedByCode {
  readonly seen: Numbers;
  readonly succeeded: Numbers;
  /** A bit for each parameter. */
  readonly shown: Numbers;
}

/** What a trace carries beside what its events say. */
export interface CarriedBeside {
  /** Parameters of which the list of processes at the start told. */
  readonly told: readonly string[];
  readonly containers: KnownAtEnd['containers'];
}

/**
 * Notes what a trace carries, as `Evidence` of a run does, but for whatever rules may ask: so it can be said of any rule
 * later whether the trace can decide it.
 */
export class CarriedNotes implements CarriedByCode {
  readonly seen = new Uint8Array(EVENT_TYPES.length);
  readonly succeeded = new Uint8Array(EVENT_TYPES.length);
  readonly shown = new Uint32Array(EVENT_TYPES.length);
  readonly told = new Set<string>();

  /** Takes an event. */
  note(event: Event): void {
    const { type } = event;
    this.seen[type] = 1;
    if (event.paramCount === 0) return;
    if (HAS_RESULT[type] === 1 && event.length(0) === 8 && event.int64(0) < 0) return;
    this.succeeded[type] = 1;
    let shown = this.shown[type] as number;
    for (let index = 0; index < event.paramCount; index++) {
      if ((event.lengths[index] as number) > 0) shown |= 1 << index;
    }
    this.shown[type] = shown;
  }

  /** Takes a process of the list at the start. */
  noteProcess(entry: ProcessEntry): void {
    for (const [param, isTold] of TOLD_AT_START) if (isTold(entry)) this.told.add(param);
  }
}

/** What a trace carries, as evidence for some rules. */
export class CarriedEvidence implements Evidence {
  readonly #byCode: CarriedByCode;
  readonly #told: ReadonlySet<string>;
  /** Parameters that are asked for, a bit each, by event code. */
  readonly #asked = new Int32Array(EVENT_TYPES.length);

  /** @param wantedTypes event codes whose own parameters matter, as `Plan` has them */
  constructor(byCode: CarriedByCode, { told }: CarriedBeside, needs: readonly Need[], wantedTypes: Uint8Array) {
    this.#byCode = byCode;
    this.#told = new Set(told);
    for (const { source } of needs) {
      if (source.kind !== 'event' && source.kind !== 'process') continue;
      source.positions.forEach((at, code) => {
        if (at < 0 || (source.kind === 'event' && wantedTypes[code] === 0)) return;
        this.#asked[code] = (this.#asked[code] as number) | (1 << at);
      });
    }
  }

  get seenCodes(): number[] {
    return EVENT_TYPES.flatMap(({ code }) => (this.#byCode.seen[code] === 1 && KEPT_ENTER[code] === 0 ? [code] : []));
  }

  lacks(code: number, position: number): boolean {
    const { succeeded, shown } = this.#byCode;
    const missing = (this.#asked[code] as number) & ~(shown[code] as number);
    return succeeded[code] === 1 && KEPT_ENTER[code] === 0 && ((missing >> position) & 1) === 1;
  }

  carries(code: number, position: number): boolean {
    const isKept = KEPT_ENTER[code] === 1;
    return this.#byCode.succeeded[code] === 1 && !isKept && !this.lacks(code, position);
  }

  wasToldAtStart({ source }: Need): boolean {
    return source.kind === 'process' && this.#told.has(source.param);
  }
}
