import type { Diagnostic } from '../../../model/diagnostic.ts';
import { Event } from '../../../model/event.ts';
import { CATEGORY, EVENT_TYPES, eventCode } from '../../../model/event-types.ts';
import { MAX_COMPAT_THREADS } from '../../../model/limits.ts';
import type {
  FileEntry,
  GroupEntry,
  Machine,
  NetworkInterface,
  ProcessEntry,
  UserEntry,
} from '../../../model/snapshot.ts';
import type { TraceSink } from '../../../model/trace.ts';
import { copyEvent } from '../../event-scratch.ts';
import { TraceDiagnostics } from '../../trace-diagnostics.ts';
import { ScapWriter } from '../scap-writer.ts';
import { containerEvent } from './container-event.ts';
import { GENERIC_ENTER, GENERIC_EXIT, genericEvent, isBeyondTable } from './generic-event.ts';
import { completeParams, lacksParams, makeEvent } from './old-event.ts';
import { isOldType } from './old-reader.ts';
import type { Recipe } from './param-sources.ts';
import { tellingOf, type Telling } from './twins.ts';
import { writtenCount } from './written-count.ts';

const EXECVE_EXIT = eventCode('SYSCALL_EXECVE_19_X');
const EXECVEAT_ENTER = eventCode('SYSCALL_EXECVEAT_E');

/** Exits that are told to the child too, which never entered the syscall. */
const IN_CHILD = new Set(
  ['SYSCALL_CLONE_20_X', 'SYSCALL_FORK_20_X', 'SYSCALL_VFORK_20_X', 'SYSCALL_CLONE3_X'].map(eventCode),
);

/** Which parameter of the entry is the path of a program. */
const PATHS = new Map([
  [eventCode('SYSCALL_EXECVE_19_E'), 0],
  [EXECVEAT_ENTER, 1],
]);

/** How each type is told: by itself and an entry, by a generic event, or as it is. */
const TELLINGS: readonly (Telling | 'generic' | undefined)[] = EVENT_TYPES.map(({ code, category }) => {
  if (code % 2 === 0 || (category & CATEGORY.SYSCALL) === 0) return undefined;
  return tellingOf(code) ?? 'generic';
});

/**
 * Writes a scap capture that readers from 2022 on understand as well as those of today (`sysdig -r` of Debian 12): an
 * entry event before each exit, types that they know, tables in the order that they expect. Readers of today drop the
 * entries and see the same story; `README.md` says what differs.
 */
export class CompatWriter implements TraceSink {
  readonly #writer: ScapWriter;
  readonly #found = new TraceDiagnostics();
  readonly #scratch = new Event();
  /** The entry event that each thread is in, where the trace itself has it. */
  readonly #entered = new Map<number, number>();
  /** Events that old readers can't see as they are, by type. */
  readonly #replaced = new Map<string, number>();
  readonly #unseen = new Map<string, number>();

  /** @param output receives chunks of whole blocks, its own to keep */
  constructor(output: (bytes: Uint8Array) => void) {
    this.#writer = new ScapWriter(output, 'old');
  }

  /** What old readers won't see as it was. Complete after `end()`. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.#writer.diagnostics, ...this.#found.list];
  }

  section(): void {
    this.#entered.clear();
    this.#writer.section();
  }

  machine(machine: Machine): void {
    this.#writer.machine(machine);
  }

  interfaces(list: readonly NetworkInterface[]): void {
    this.#writer.interfaces(list);
  }

  users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    this.#writer.users(users, groups);
  }

  process(entry: ProcessEntry): void {
    this.#writer.process(entry);
  }

  files(tid: number, entries: readonly FileEntry[]): void {
    this.#writer.files(tid, entries);
  }

  event(event: Event): void {
    const telling = TELLINGS[event.type];
    if (telling === undefined) return this.#asItIs(event);
    const isEntered = this.#leave(event);
    if (telling === 'generic') return this.#generic(event);
    const hasEntry = isEntered || this.#writeEntry(telling.enter, event);
    if (telling.exit !== undefined) this.#writer.event(makeEvent(telling.exit, event, this.#scratch));
    else if (isBeyondTable(event)) this.#writer.event(genericEvent(GENERIC_EXIT, event, this.#scratch));
    else this.#complete(event, hasEntry ? telling.enter : undefined);
  }

  /** Writes the entry that the trace lacks; false if there can be none. */
  #writeEntry(entry: Recipe, exit: Event): boolean {
    if (IN_CHILD.has(exit.type) && exit.int64(0) === 0) return false;
    const path = PATHS.get(entry.type);
    // A program whose path nobody knows is better not spoken of: an old reader would believe any.
    if (path !== undefined && !exit.has(entry.sources[path] as number)) return false;
    const isGeneric = exit.type === GENERIC_EXIT;
    this.#writer.event(
      isGeneric ? genericEvent(GENERIC_ENTER, exit, this.#scratch) : makeEvent(entry, exit, this.#scratch),
    );
    return true;
  }

  /** Hands on what is left. */
  end(): void {
    this.#writer.end();
    this.#tell(this.#replaced, 'are written as plain syscall events, since readers of 2022 know no others for them');
    this.#tell(this.#unseen, 'are of types that readers of 2022 pass over');
    this.#found.close();
  }

  /** An entry, a tracepoint or news. */
  #asItIs(event: Event): void {
    const container = containerEvent(event, this.#scratch);
    if (container !== undefined) return this.#writer.event(container);
    if (!isOldType(event.type)) {
      count(this.#unseen, event);
      return this.#writer.event(event);
    }
    const isEntry = event.type % 2 === 0 && (event.info.category & CATEGORY.SYSCALL) !== 0;
    // An old reader would believe an entry without a name; what the exit says is better.
    if (isEntry && lacksParams(event)) return;
    if (isEntry) this.#enter(event);
    this.#complete(event);
  }

  #complete(event: Event, entry?: Recipe): void {
    const count = writtenCount(event, entry);
    if (count === event.paramCount && !lacksParams(event)) return this.#writer.event(event);
    this.#writer.event(completeParams(event, count, this.#scratch));
  }

  /** A generic pair that everybody shows, and the event itself for what it changes in the state of readers of today. */
  #generic(event: Event): void {
    if (event.stateOnly) return this.#writer.event(event);
    count(this.#replaced, event);
    this.#writer.event(genericEvent(GENERIC_ENTER, event, this.#scratch));
    copyEvent(event, this.#scratch);
    this.#scratch.stateOnly = true;
    this.#writer.event(this.#scratch);
    this.#scratch.stateOnly = false;
    this.#writer.event(genericEvent(GENERIC_EXIT, event, this.#scratch));
  }

  #enter(event: Event): void {
    if (this.#entered.size >= MAX_COMPAT_THREADS) this.#entered.clear();
    this.#entered.set(event.tid, event.type);
  }

  /** True if the trace has the entry of this exit. */
  #leave({ tid, type }: Event): boolean {
    const entered = this.#entered.get(tid);
    if (entered === undefined) return false;
    this.#entered.delete(tid);
    return entered === type - 1 || (type === EXECVE_EXIT && entered === EXECVEAT_ENTER);
  }

  #tell(counts: ReadonlyMap<string, number>, what: string): void {
    if (counts.size === 0) return;
    const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
    const names = [...counts].map(([name, number]) => `${number} ${name}`).join(', ');
    this.#found.add('TRACE_NOT_IN_OLD', 'lint', `${total} events ${what}: ${names}`);
  }
}

function count(counts: Map<string, number>, { info }: Event): void {
  counts.set(info.name, (counts.get(info.name) ?? 0) + 1);
}
