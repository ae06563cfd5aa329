import type { Event } from '../../engine/model/event.ts';
import { selectionText } from '../loader-process.ts';
import type { RecordingControl, RecordingWatch } from '../recording-watch.ts';
import { total, type Hello, type Stats } from '../stream/stats.ts';
import { MAX_SYSCALLS } from '../table/table.ts';
import { Ladder } from './ladder.ts';
import type { MemoryCap } from './memory-cap.ts';

/** What may be given up. */
export interface OverloadOptions {
  /** Numbers of the syscalls that are recorded. */
  readonly selected: readonly number[];
  /** Those that rules of high priority need, and the state that these read: given up last. */
  readonly needed: ReadonlySet<number>;
  /** Those by which processes are known: never given up. */
  readonly lives: ReadonlySet<number>;
  readonly snaplen: number;
  readonly memory?: MemoryCap | undefined;
  nameOf(number: number): string;
}

const STEPS = 4;
/** Of the calls that can be spared, the most frequent are given up first, until they make up so much of these. */
const VOLUME = 0.9;
const SHOWN = 20;

/**
 * The steps: 1 without the data of reads and writes; 2 without the most frequent calls that no rule of high priority
 * needs; 3 without all of these; 4 the lives of processes alone. Each step is told in the recording.
 */
export class Overload implements RecordingWatch {
  readonly #options: OverloadOptions;
  readonly #ladder = new Ladder(STEPS);
  readonly #seen = new Float64Array(MAX_SYSCALLS);
  #control: RecordingControl | undefined;
  #ringBytes = 1;
  #dropped = 0;
  readonly counts = { up: 0, down: 0 };

  constructor(options: OverloadOptions) {
    this.#options = options;
  }

  get step(): number {
    return this.#ladder.step;
  }

  begin(control: RecordingControl, hello: Hello): void {
    this.#control = control;
    this.#ringBytes = hello.ringBytes;
    this.#dropped = 0;
    if (this.step > 0) this.#apply();
  }

  event(_event: Event, syscall: number): void {
    if (syscall >= 0) this.#seen[syscall] = (this.#seen[syscall] as number) + 1;
  }

  stats({ ringFill, dropped }: Stats): void {
    const before = this.step;
    const lost = total(dropped) - this.#dropped;
    this.#dropped += lost;
    const fill = this.#options.memory?.isNear === true ? 1 : ringFill / this.#ringBytes;
    if (this.#ladder.tick(fill, lost)) {
      if (this.step > before) this.counts.up++;
      else this.counts.down++;
      this.#apply();
    }
    // Only what was frequent of late counts.
    for (let i = 0; i < MAX_SYSCALLS; i++) this.#seen[i] = (this.#seen[i] as number) / 2;
  }

  #apply(): void {
    const { selected, snaplen, nameOf } = this.#options;
    const kept = this.#kept();
    const spared = selected.filter((number) => !kept.has(number)).map(nameOf);
    this.#control?.select(selectionText([...kept]));
    this.#control?.keepData(this.step > 0 ? 0 : snaplen);
    this.#control?.step(this.step, stepText(this.step, spared));
  }

  #kept(): ReadonlySet<number> {
    const { selected, needed, lives } = this.#options;
    if (this.step < 2) return new Set(selected);
    if (this.step === 4) return new Set(selected.filter((number) => lives.has(number)));
    const spared = selected.filter((number) => !needed.has(number) && !lives.has(number));
    if (this.step === 3) return without(selected, new Set(spared));
    const count = (number: number) => this.#seen[number] as number;
    const all = spared.reduce((sum, number) => sum + count(number), 0);
    const given = new Set<number>();
    let sum = 0;
    for (const number of spared.toSorted((a, b) => count(b) - count(a))) {
      if (sum >= all * VOLUME) break;
      given.add(number);
      sum += count(number);
    }
    return without(selected, given);
  }
}

function without(selected: readonly number[], given: ReadonlySet<number>): ReadonlySet<number> {
  return new Set(selected.filter((number) => !given.has(number)));
}

function stepText(step: number, spared: readonly string[]): string {
  if (step === 0) return 'step 0 of 4: all is recorded again';
  if (spared.length === 0) return `step ${step} of 4: without the data of reads and writes`;
  const rest = spared.length - SHOWN;
  const named = spared.slice(0, SHOWN).join(', ');
  return `step ${step} of 4: not recorded from here on: ${named}${rest > 0 ? ` and ${rest} more` : ''}`;
}
