import type { Plan } from '../plan/plan.ts';
import type { Moment } from '../state/moment.ts';
import { walk, type Layout } from './branches.ts';
import { Compiler, VerdictMemory } from './compile.ts';
import type { Matching } from './naive-match.ts';

/** A program ready to run. */
interface Ready {
  readonly rules: readonly number[];
  readonly layouts: readonly Layout<Moment>[];
}

const NONE: readonly number[] = [];

/**
 * Finds the rules that match at a moment, as `naiveMatch` does, and remembers what it decided about threads and texts.
 * One matcher serves one section of a trace: slots of threads and ids of texts mean nothing in another.
 */
export class Matcher {
  /** 1 for each event code on which some rule can match; on others there is no need to ask. */
  readonly wantedTypes: Uint8Array;
  readonly #plan: Plan;
  readonly #matching: Matching;
  readonly #memory = new VerdictMemory();
  readonly #compiler: Compiler;
  readonly #ready: (Ready | undefined)[] = [];
  readonly #matched: number[] = [];

  constructor(plan: Plan, matching: Matching = 'first') {
    this.wantedTypes = plan.wantedTypes;
    this.#plan = plan;
    this.#matching = matching;
    this.#compiler = new Compiler(plan.graph, this.#memory);
  }

  /** Numbers of the rules that match, in order. The list is reused: it holds until the next call. */
  match(moment: Moment): readonly number[] {
    const code = moment.event.type;
    if (this.wantedTypes[code] !== 1) return NONE;
    const { rules, layouts } = this.#ready[code] ?? this.#prepare(code);
    this.#memory.threads.begin(moment);
    this.#memory.events.begin();
    const matched = this.#matched;
    matched.length = 0;
    for (let i = 0; i < layouts.length; i++) {
      if (!walk(layouts[i] as Layout<Moment>, moment)) continue;
      matched.push(rules[i] as number);
      if (this.#matching === 'first') break;
    }
    return matched;
  }

  #prepare(code: number): Ready {
    const sameClass = this.#ready.findIndex(
      (ready, other) => ready && this.#plan.classOf(other) === this.#plan.classOf(code),
    );
    let ready = this.#ready[sameClass];
    if (ready === undefined) {
      const { rules, roots } = this.#plan.program(code);
      ready = { rules, layouts: this.#compiler.compile(roots) };
    }
    this.#ready[code] = ready;
    return ready;
  }
}
