import type { Event } from '../../engine/model/event.ts';
import { eventCode } from '../../engine/model/event-types.ts';
import { KIND } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { TABLE } from '../table/table.ts';
import { EventOutput } from './event-output.ts';

const PROCEXIT = eventCode('PROCEXIT_1_E');
const TWO_32 = 0x100000000;

/**
 * Makes scap events of records, in the layout of today, exit events alone. The event is one object, valid until the next
 * record is taken.
 */
export class Transcoder {
  readonly #output = new EventOutput();
  #epochLow = 0;
  #epochHigh = 0;

  /** @param epoch nanoseconds that make a time since the epoch of a time since boot */
  setEpoch(epoch: bigint): void {
    this.#epochLow = Number(epoch & 0xffffffffn);
    this.#epochHigh = Number(epoch >> 32n);
  }

  /** The event of a record; undefined for a record that no event comes of. */
  event(record: Record): Event | undefined {
    if (record.kind === KIND.EXIT) return this.#exit(record);
    const row = TABLE[record.syscall];
    if (row === undefined || (record.kind !== KIND.SYSCALL && record.kind !== KIND.EXEC)) return undefined;
    this.#begin(row.code, record);
    const { params } = row;
    for (let i = 0; i < params.length; i++) (params[i] as (typeof params)[number]).write(record, this.#output);
    return this.#output.end();
  }

  /** wait()'s form of the status: the returned value in the second byte, the signal in the first. */
  #exit(record: Record): Event {
    this.#begin(PROCEXIT, record);
    const status = record.result;
    const signal = status & 0x7f;
    this.#output.uint64(status, 0);
    this.#output.uint64(signal === 0 ? (status >> 8) & 0xff : 0, 0);
    this.#output.uint8(signal);
    this.#output.uint8(signal !== 0 && (status & 0x80) !== 0 ? 1 : 0);
    const reaper = record.low(0);
    this.#output.uint64(reaper, reaper >= 0x80000000 ? 0xffffffff : 0);
    return this.#output.end();
  }

  #begin(code: number, record: Record): void {
    const low = record.timeLow + this.#epochLow;
    const carry = low >= TWO_32 ? 1 : 0;
    this.#output.begin(code, record.tid, record.cpu, low - carry * TWO_32, record.timeHigh + this.#epochHigh + carry);
  }
}
