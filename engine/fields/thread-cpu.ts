import type { Event } from '../model/event.ts';
import { eventCode } from '../model/event-types.ts';
import { integerOf, type Integer } from '../model/integer.ts';
import type { Moment } from '../state/moment.ts';
import type { System } from '../state/system.ts';
import type { Thread } from '../state/thread.ts';
import type { Family, Reading } from './field.ts';

const SWITCH = eventCode('SCHEDSWITCH_6_E');
const PROCINFO = eventCode('PROCINFO_E');
/** A share of the CPU is never shown above this. */
const MAX_SHARE = 100;

/**
 * CPU time, which only context switches and the process news of old captures tell of. A condition compares with what it
 * saw before; an output starts afresh with each alert in Falco and so always prints zero.
 */
export const THREAD_CPU: Family = {
  'thread.exectime': { subject: 'event', read: scheduledTime(), printed: () => '0', json: () => 0 },
  'thread.totexectime': {
    subject: 'event',
    read: totalScheduledTime(),
    printed: ({ thread }) => (thread === undefined ? undefined : '0'),
    json: ({ thread }) => (thread === undefined ? undefined : 0),
  },
  'thread.cpu': cpuShare((event) => sum(event.unsigned64(0), event.unsigned64(1))),
  'thread.cpu.user': cpuShare((event) => Number(event.unsigned64(0))),
  'thread.cpu.system': cpuShare((event) => Number(event.unsigned64(1))),
};

/** Nanoseconds between two switches of one CPU; 0 on the first one and on every event that is no switch. */
function scheduledTime(): (moment: Moment) => Integer {
  const clocks = new WeakMap<System, SwitchClock>();
  return (moment) => {
    if (moment.event.type !== SWITCH) return 0;
    let clock = clocks.get(moment.system);
    if (clock === undefined) clocks.set(moment.system, (clock = new SwitchClock()));
    return clock.elapsed(moment.event);
  };
}

/** Remembers when each CPU last switched; asked twice about one event it answers the same. */
class SwitchClock {
  readonly #lastByCpu = new Map<number, bigint>();
  #eventNumber = -1;
  #elapsed: Integer = 0;

  elapsed(event: Event): Integer {
    if (event.num === this.#eventNumber) return this.#elapsed;
    const now = event.time();
    const last = this.#lastByCpu.get(event.cpu);
    this.#lastByCpu.set(event.cpu, now);
    this.#eventNumber = event.num;
    this.#elapsed = last === undefined ? 0 : integerOf(BigInt.asUintN(64, now - last));
    return this.#elapsed;
  }
}

/** The same, added up for each thread. */
function totalScheduledTime(): (moment: Moment) => Integer | undefined {
  const elapsed = scheduledTime();
  const totals = new WeakMap<Thread, { eventNumber: number; time: bigint }>();
  return (moment) => {
    const { thread, event } = moment;
    const time = elapsed(moment);
    if (thread === undefined) return undefined;
    let total = totals.get(thread);
    if (total === undefined) totals.set(thread, (total = { eventNumber: -1, time: 0n }));
    if (total.eventNumber !== event.num) total.time += BigInt(time);
    total.eventNumber = event.num;
    return integerOf(total.time);
  };
}

/** The growth of a counter since the thread's process news before this one; 0 on the first. */
function cpuShare(counter: (event: Event) => number): Reading {
  const seen = new WeakMap<Thread, { eventNumber: number; total: number; share: number }>();
  const read = ({ thread, event }: Moment): number | undefined => {
    if (event.type !== PROCINFO || thread === undefined) return undefined;
    let last = seen.get(thread);
    if (last === undefined) seen.set(thread, (last = { eventNumber: -1, total: 0, share: 0 }));
    if (last.eventNumber === event.num) return last.share;
    const total = counter(event);
    const growth = last.total === 0 ? 0 : total - last.total;
    last.share = growth < 0 ? MAX_SHARE : Math.min(growth, MAX_SHARE);
    last.total = total;
    last.eventNumber = event.num;
    return last.share;
  };
  const hasShare = ({ thread, event }: Moment): boolean => event.type === PROCINFO && thread !== undefined;
  return {
    subject: 'event',
    read,
    eventTypes: new Set([PROCINFO]),
    printed: (moment) => (hasShare(moment) ? '0.0' : undefined),
    json: (moment) => (hasShare(moment) ? 0 : undefined),
  };
}

function sum(left: Integer, right: Integer): number {
  return Number(left) + Number(right);
}
