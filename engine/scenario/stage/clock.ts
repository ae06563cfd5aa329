/** How long things take, in nanoseconds: about what they took in recordings. */
export const TAKES = {
  SYSCALL: 10_000n,
  FORK: 150_000n,
  EXEC: 500_000n,
  STEP: 1_000_000n,
} as const;

/** How long the machine had been up when the story begins. */
export const UPTIME = 259_200_000_000_000n;

/** Something that happens by itself at a time of its own. */
interface Appointment {
  readonly time: bigint;
  readonly happen: () => void;
}

/** The time of a story. It moves only when something happens, so that the same story has the same times. */
export class Clock {
  now: bigint;
  readonly bootTime: bigint;
  readonly #appointments: Appointment[] = [];

  constructor(start: bigint) {
    this.now = start;
    this.bootTime = start - UPTIME;
  }

  /** Lets time pass; what was due on the way happens at its own time. */
  pass(length: bigint): void {
    const end = this.now + length;
    for (let next = this.#appointments[0]; next !== undefined && next.time <= end; next = this.#appointments[0]) {
      this.#appointments.shift();
      if (next.time > this.now) this.now = next.time;
      next.happen();
    }
    if (end > this.now) this.now = end;
  }

  /** Lets something happen at a later time. */
  later(after: bigint, happen: () => void): void {
    const time = this.now + after;
    const at = this.#appointments.findIndex((appointment) => appointment.time > time);
    this.#appointments.splice(at === -1 ? this.#appointments.length : at, 0, { time, happen });
  }

  /** Lets everything happen that is still to come. */
  finish(): void {
    const last = this.#appointments.at(-1);
    if (last !== undefined) this.pass(last.time - this.now);
  }
}
