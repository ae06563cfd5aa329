import { MAX_FILES_PER_PROCESS } from '../../model/limits.ts';
import type { OpenFile, SocketState } from './open-file.ts';
import { Refusal } from './refusal.ts';

/** The open files of a process by their numbers. What steps ask for again and again is found without looking through all. */
export class OpenFiles extends Map<number, OpenFile> {
  /** Every number below is taken. */
  #free = 0;
  /** Sockets that listen, in order; some may be closed by now. */
  readonly #listening: number[] = [];

  /** The number that the next opened file gets. */
  get lowestFree(): number {
    while (this.has(this.#free)) this.#free++;
    return this.#free;
  }

  /** The last socket that began to listen and still does. */
  get lastListening(): number | undefined {
    for (let fd = this.#listening.at(-1); fd !== undefined; fd = this.#listening.at(-1)) {
      if (this.get(fd)?.socket?.listening === true) return fd;
      this.#listening.pop();
    }
    return undefined;
  }

  override set(fd: number, file: OpenFile): this {
    if (this.size >= MAX_FILES_PER_PROCESS && !this.has(fd)) {
      const message = `a process has more than ${MAX_FILES_PER_PROCESS} files open`;
      throw new Refusal('LIMIT_SCENARIO_FILES', 'repeat', message, 'close them, or repeat less');
    }
    if (file.socket?.listening === true) this.#listening.push(fd);
    return super.set(fd, file);
  }

  override delete(fd: number): boolean {
    if (fd < this.#free) this.#free = fd;
    return super.delete(fd);
  }

  /** Lets an open socket listen. */
  listen(fd: number, socket: SocketState): void {
    socket.listening = true;
    this.#listening.push(fd);
  }
}
