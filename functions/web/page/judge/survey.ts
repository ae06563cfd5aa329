import type { Field } from '../../../../engine/fields/field.ts';
import { findField } from '../../../../engine/fields/catalogue.ts';
import { toUnicode } from '../../../../engine/model/byte-string.ts';
import { CATEGORY, EVENT_TYPES } from '../../../../engine/model/event-types.ts';
import { fieldText } from '../../../../engine/output/field-text.ts';
import { UTC } from '../../../../engine/output/timezone.ts';
import type { Moment } from '../../../../engine/state/moment.ts';
import { createSystem, type SystemOptions } from '../../../../engine/state/system.ts';
import { SystemSink } from '../../../../engine/state/system-sink.ts';
import { ProcessList } from './process-list.ts';
import { GrowingNumbers } from '../../../../engine/prepared/growing-numbers.ts';

const ARGUMENTS = findField('evt.args', undefined) as Field;
const TYPE = findField('evt.type', undefined) as Field;
/** Characters of the arguments of one event that a table can show. */
const MOST_CHARS = 240;
/** Events of which the arguments are kept as text; of later ones they are empty. */
const MOST_ARGUMENTS = 400_000;

/** Goes through a trace once and notes what is shown of every event. */
export class Survey extends SystemSink {
  readonly numbers = new GrowingNumbers(Uint32Array);
  readonly times = new GrowingNumbers(Float64Array);
  readonly types = new GrowingNumbers(Uint16Array);
  readonly owners = new GrowingNumbers(Int32Array);
  readonly typeNames: string[] = [];
  readonly typeKinds: number[] = [];
  readonly args: string[] = [];
  readonly processes: ProcessList;
  readonly #typeOf = new Map<string, number>();
  #start: bigint | undefined;

  constructor(options: SystemOptions) {
    const system = createSystem(options);
    super(system, (moment) => this.#note(moment));
    this.processes = new ProcessList(system);
  }

  /** Milliseconds since the epoch at which the first event happened. */
  get startedAt(): number {
    return Number((this.#start ?? 0n) / 1_000_000n);
  }

  #note(moment: Moment): void {
    if (!moment.visible) return;
    const { event } = moment;
    const time = event.time();
    this.#start ??= time;
    const place = this.numbers.push(event.num);
    this.times.push(Number(time - this.#start) / 1e6);
    this.types.push(this.#type(moment));
    this.owners.push(this.processes.placeOf(moment, place));
    this.args.push(place < MOST_ARGUMENTS ? toUnicode(fieldText(ARGUMENTS, moment, UTC)).slice(0, MOST_CHARS) : '');
  }

  #type(moment: Moment): number {
    const name = toUnicode(fieldText(TYPE, moment, UTC));
    let place = this.#typeOf.get(name);
    if (place === undefined) {
      place = this.typeNames.push(name) - 1;
      this.typeKinds.push(kindOf(moment.event.type));
      this.#typeOf.set(name, place);
    }
    return place;
  }
}

/** A place in `KINDS`. */
function kindOf(code: number): number {
  const category = (EVENT_TYPES[code]?.category ?? 0) & 0x3f;
  if (category === CATEGORY.PROCESS) return 0;
  if (category === CATEGORY.FILE || category >= CATEGORY.IO_READ) return 1;
  if (category === CATEGORY.NET) return 2;
  return 3;
}
