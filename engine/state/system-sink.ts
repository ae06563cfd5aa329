import type { Event } from '../model/event.ts';
import type { FileEntry, GroupEntry, Machine, NetworkInterface, ProcessEntry, UserEntry } from '../model/snapshot.ts';
import type { TraceSink } from '../model/trace.ts';
import type { Moment } from './moment.ts';
import type { System } from './system.ts';

/** Takes a trace for a system: whoever reads or plays one can speak to it. */
export class SystemSink implements TraceSink {
  readonly #system: System;
  readonly #onMoment: (moment: Moment) => void;

  /**
   * @param onMoment is called for each event, between its effect and its settling; also for those that no rule may see
   */
  constructor(system: System, onMoment: (moment: Moment) => void) {
    this.#system = system;
    this.#onMoment = onMoment;
  }

  section(): void {
    this.#system.beginSection();
  }

  machine(machine: Machine): void {
    this.#system.setMachine(machine);
  }

  interfaces(list: readonly NetworkInterface[]): void {
    this.#system.setInterfaces(list);
  }

  users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    this.#system.setAccounts(users, groups);
  }

  process(entry: ProcessEntry): void {
    this.#system.addProcess(entry);
  }

  files(tid: number, entries: readonly FileEntry[]): void {
    this.#system.addFiles(tid, entries);
  }

  event(event: Event): void {
    this.#onMoment(this.#system.apply(event));
    this.#system.settle();
  }
}
