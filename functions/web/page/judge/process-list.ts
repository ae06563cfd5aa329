import { toUnicode } from '../../../../engine/model/byte-string.ts';
import type { Moment } from '../../../../engine/state/moment.ts';
import type { System } from '../../../../engine/state/system.ts';
import type { Thread } from '../../../../engine/state/thread.ts';
import type { TraceProcess } from './protocol.ts';

/** Ancestors that are listed for one process; a loop in a damaged trace ends here. */
const MOST_ANCESTORS = 64;
const MOST_COMMAND_CHARS = 400;

/** The processes of a trace in the order in which they do something, with the ancestors they have. */
export class ProcessList {
  readonly list: TraceProcess[] = [];
  readonly #system: System;
  readonly #placeOf = new Map<number, number>();

  constructor(system: System) {
    this.#system = system;
  }

  /** Place of the process of an event; -1 when it has none. */
  placeOf({ thread, event }: Moment, eventPlace: number): number {
    if (thread === undefined || thread.pid < 0) return -1;
    const main = thread.main ?? thread;
    let place = this.#placeOf.get(main.pid);
    if (place === undefined || event.info.name === 'execve' || event.info.name === 'execveat') {
      place = this.#told(main);
    }
    const process = this.list[place] as TraceProcess;
    if (process.first < 0) process.first = eventPlace;
    process.events++;
    return place;
  }

  #told(thread: Thread): number {
    const known = this.#placeOf.get(thread.pid);
    const name = toUnicode(thread.comm);
    const command = commandOf(thread);
    if (known !== undefined) {
      const process = this.list[known] as TraceProcess;
      if (process.names.at(-1) !== name) process.names.push(name);
      process.command = command;
      return known;
    }
    const told = this.#system.containers.get(thread.containerId)?.record['name'];
    const container = toUnicode(typeof told === 'string' ? told : thread.containerId);
    const { pid } = thread;
    const place = this.list.push({ pid, parent: -1, names: [name], command, container, first: -1, events: 0 }) - 1;
    this.#placeOf.set(pid, place);
    (this.list[place] as TraceProcess).parent = this.#parent(thread);
    return place;
  }

  #parent(thread: Thread): number {
    const parent = thread.parent;
    if (parent === undefined || parent.pid < 0 || parent.pid === thread.pid) return -1;
    const main = parent.main ?? parent;
    const known = this.#placeOf.get(main.pid);
    if (known !== undefined) return known;
    return this.list.length > 100_000 || depthOf(main) > MOST_ANCESTORS ? -1 : this.#told(main);
  }
}

function depthOf(thread: Thread): number {
  let depth = 0;
  for (let at: Thread | undefined = thread; at !== undefined && depth <= MOST_ANCESTORS; at = at.parent) depth++;
  return depth;
}

function commandOf(thread: Thread): string {
  return toUnicode([thread.exe, ...thread.args].join(' ')).slice(0, MOST_COMMAND_CHARS);
}
