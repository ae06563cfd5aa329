import type { ByteString } from '../model/byte-string.ts';
import { MAX_CONTAINERS } from '../model/limits.ts';
import type { Clock } from './clock.ts';
import { matchCgroup } from './container-engines.ts';
import { bareContainer, type Container } from './container-record.ts';
import type { Thread } from './thread.ts';

export type { Container } from './container-record.ts';

/** Paths whose answer is remembered; then all are forgotten. */
const REMEMBERED_PATHS = 1024;

/** Containers by id, as the container plugin of Falco keeps them when it reads a capture. The empty id is the host. */
export class Containers {
  readonly #clock: Clock;
  readonly #byId = new Map<ByteString, Container>([['', bareContainer('host', 'host', true)]]);
  readonly #byPath = new Map<ByteString, Membership | undefined>();
  /** Answers for whole lists; a list is never changed. */
  readonly #byList = new WeakMap<readonly ByteString[], Membership>();
  /** The container that the last container event was about, and that event's number. */
  #news: Container | undefined = undefined;
  /** Some event told of a container. */
  wasTold = false;
  /** Some thread was in a container of which only its runtime can tell more than the id. */
  hasMembers = false;
  #newsNumber = -1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(id: ByteString): Container | undefined {
    return this.#byId.get(id);
  }

  values(): IterableIterator<Container> {
    return this.#byId.values();
  }

  /** The container that a container event told of; undefined for every other event. */
  newsOf(eventNumber: number): Container | undefined {
    return eventNumber === this.#newsNumber ? this.#news : undefined;
  }

  /** Takes what an event says about a container. */
  tell(container: Container, eventNumber: number): void {
    this.wasTold = true;
    this.#add(container);
    this.#news = container;
    this.#newsNumber = eventNumber;
  }

  /** Takes that a container is gone. */
  tellRemoved(container: Container, eventNumber: number): void {
    this.wasTold = true;
    this.#byId.delete(container.id);
    this.#clock.raise();
    this.#news = container;
    this.#newsNumber = eventNumber;
  }

  /**
   * Works out the container of a thread from its control groups. A runtime that keeps no more than the path is put on
   * record at once.
   */
  assign(thread: Thread): void {
    const id = this.#idOf(thread);
    if (id === thread.containerId) return;
    thread.containerId = id;
    thread.changed();
  }

  #idOf({ cgroups }: Thread): ByteString {
    let found = this.#byList.get(cgroups);
    if (found === undefined) this.#byList.set(cgroups, (found = this.#search(cgroups)));
    if (found.container !== undefined && this.#byId.get(found.id) !== found.container) this.#add(found.container);
    return found.id;
  }

  /** The first group that names a container decides. */
  #search(cgroups: readonly ByteString[]): Membership {
    let found = HOST;
    for (const entry of cgroups) {
      const path = entry.slice(entry.indexOf('=') + 1);
      if (path !== '') found = this.#membership(path) ?? found;
      if (found.id !== '') break;
    }
    if (found.id !== '' && found.container === undefined) this.hasMembers = true;
    return found;
  }

  #membership(path: ByteString): Membership | undefined {
    if (this.#byPath.has(path)) return this.#byPath.get(path);
    const match = matchCgroup(path);
    const membership = match && {
      id: match.id,
      container: match.type === undefined ? undefined : bareContainer(match.id, match.type),
    };
    if (this.#byPath.size >= REMEMBERED_PATHS) this.#byPath.clear();
    this.#byPath.set(path, membership);
    return membership;
  }

  #add(container: Container): void {
    if (this.#byId.size >= MAX_CONTAINERS && !this.#byId.has(container.id)) return;
    this.#byId.set(container.id, container);
    this.#clock.raise();
  }
}

/** What control groups tell. */
interface Membership {
  readonly id: ByteString;
  /** All that will ever be known, of a runtime that has no more to say. */
  readonly container: Container | undefined;
}

const HOST: Membership = { id: '', container: undefined };
