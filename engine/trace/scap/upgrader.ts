import { Event } from '../../model/event.ts';
import { EVENT_FLAG, EVENT_TYPES, type EventParam } from '../../model/event-types.ts';
import { bytesOf } from '../../model/byte-string.ts';
import { PARAM_SIZES } from '../../model/param-type.ts';
import { PARAM_COUNTS } from './event-layout.ts';
import { appendBytes, appendFilled, appendParam, copyEvent, copyHead } from '../event-scratch.ts';
import { KeptEntries } from './kept-entries.ts';
import { upgradeOf, type Upgrade, type UpgradeStep } from './upgrade-steps.ts';

/** What an event type needs before anybody may see it. */
export const NEED = {
  /** Nothing: it is as it was. */
  NOTHING: 0,
  /** It has no place today and is dropped. */
  DROP: 1,
  /** An upgrade, unless it has all parameters of today. */
  ALL_PARAMS: 2,
  /** A look into the table, always. */
  UPGRADE: 3,
} as const;

/** `NEED` of each event type: the flags of the event table decide. */
export const NEEDS = Uint8Array.from(EVENT_TYPES, ({ code, flags }) => {
  const isExit = code % 2 === 1;
  const isOld = (flags & EVENT_FLAG.OLD_VERSION) !== 0;
  if ((flags & EVENT_FLAG.UNUSED) !== 0) return NEED.DROP;
  if ((flags & EVENT_FLAG.CONVERTER_MANAGED) === 0) return isOld && !isExit ? NEED.DROP : NEED.NOTHING;
  return isExit && !isOld ? NEED.ALL_PARAMS : NEED.UPGRADE;
});

/** Upgrades follow upgrades, one per layout in between; twelve are the most today. */
const MAX_UPGRADES = 50;

/**
 * Brings events of every age to the present layout as the Falco libraries do: entry events fold into the exit event of
 * their thread, missing parameters are added, old types become new ones.
 */
export class Upgrader {
  readonly #entries = new KeptEntries();
  #scratch = new Event();
  #other = new Event();
  /** Events of a layout that no version ever wrote; they are delivered with absent parameters, or dropped if old. */
  strange = 0;

  /** Entry events that were given up for want of memory. */
  get lostEntries(): number {
    return this.#entries.lost;
  }

  /** The event in the present layout, valid until the next call; undefined when nobody may see it. */
  apply(event: Event): Event | undefined {
    let current = event;
    for (let round = 0; round < MAX_UPGRADES; round++) {
      const need = NEEDS[current.type] as number;
      if (need === NEED.DROP) return undefined;
      if (need === NEED.NOTHING) return current;
      if (need === NEED.ALL_PARAMS && current.paramCount === PARAM_COUNTS[current.type]) return current;
      const upgrade = upgradeOf(current.type, current.paramCount);
      if (upgrade === undefined) return this.#completeStrange(current);
      if (upgrade.action === 'STORE' || upgrade.action === 'STORE_PASS') this.#entries.keep(current);
      if (upgrade.action === 'STORE') return undefined;
      if (upgrade.action === 'PASS' || upgrade.action === 'STORE_PASS') return current;
      current = this.#rebuild(current, upgrade);
    }
    throw new Error(`the upgrade of event type ${event.type} has no end`);
  }

  #rebuild(event: Event, upgrade: Upgrade): Event {
    const target = this.#free(event);
    if (upgrade.action === 'ADD') copyEvent(event, target);
    else {
      copyHead(event, target);
      target.paramCount = 0;
    }
    target.type = upgrade.to;
    const entry = this.#entries.entryOf(event);
    let used = false;
    for (const step of upgrade.steps) used = writeStep(step, event, entry, target) || used;
    if (entry !== undefined && used) this.#entries.forget(entry);
    return target;
  }

  /** A type of today with a number of parameters that nobody wrote: the missing ones are absent. */
  #completeStrange(event: Event): Event | undefined {
    this.strange++;
    const { flags, params } = EVENT_TYPES[event.type]!;
    if ((flags & EVENT_FLAG.OLD_VERSION) !== 0 || event.paramCount > params.length) return undefined;
    const target = this.#free(event);
    copyEvent(event, target);
    while (target.paramCount < params.length) appendFilled(0, 0, target);
    return target;
  }

  /** The scratch event that `event` doesn't occupy. */
  #free(event: Event): Event {
    return event === this.#scratch ? this.#other : this.#scratch;
  }
}

/** Writes one parameter; true if it took it from the entry event. */
function writeStep(step: UpgradeStep, event: Event, entry: Event | undefined, target: Event): boolean {
  const param = EVENT_TYPES[target.type]!.params[target.paramCount]!;
  const from = step.source === 'own' ? event : entry;
  if (step.source === 'container') appendBytes(containerJson(event), target);
  else if (step.source === 'empty') appendFilled(0, 0, target);
  else if (step.source === 'zero' || from === undefined || step.index >= from.paramCount) {
    if (step.elseEmpty) appendFilled(0, 0, target);
    else appendZero(param, target);
  } else {
    const length = from.lengths[step.index] as number;
    appendParam(from, step.index, Math.min(length, PARAM_SIZES[param.type] ?? length), target);
    return step.source === 'entry';
  }
  return false;
}

/** The value of a fixed-size parameter about which nothing is known: no user, no group, else 0. */
function appendZero({ type }: EventParam, target: Event): void {
  appendFilled(type === 'UID' || type === 'GID' ? 0xff : 0, PARAM_SIZES[type] ?? 0, target);
}

/**
 * The JSON text that replaced the four parameters of the first container events; texts are put in as they are, and
 * where one is missing there is no text at all.
 */
function containerJson(event: Event): Uint8Array {
  if (!event.has(0) || !event.has(2) || !event.has(3)) return new Uint8Array(0);
  const [id, name, image] = [event.string(0), event.string(2), event.string(3)];
  return bytesOf(`{"id":"${id}","type":${event.uint32(1)},"name":"${name}","image":"${image}"}\0`);
}
