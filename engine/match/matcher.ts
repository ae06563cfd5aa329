import type { Plan } from '../plan/plan.ts';
import type { Moment } from '../state/moment.ts';
import type { Matching } from './naive-match.ts';
import { NodeTests } from './node-tests.ts';
import { Shortlist } from './shortlist.ts';
import { VerdictMemory } from './verdict-memory.ts';

const NONE: readonly number[] = [];

/**
 * Finds the rules that match at a moment, as `naiveMatch` does, and remembers what it decided about threads and texts.
 * One matcher serves one system: slots of threads and ids of texts mean nothing in another.
 */
export class Matcher {
  /** 1 for each event code on which some rule can match; on others there is no need to ask. */
  readonly wantedTypes: Uint8Array;
  readonly #plan: Plan;
  readonly #onlyFirst: boolean;
  readonly #memory = new VerdictMemory();
  readonly #nodes: NodeTests;
  /** By event code and by class of event codes. */
  readonly #byCode: (Shortlist | undefined)[] = [];
  readonly #byClass: (Shortlist | undefined)[] = [];
  readonly #matched: number[] = [];

  constructor(plan: Plan, matching: Matching = 'first') {
    this.wantedTypes = plan.wantedTypes;
    this.#plan = plan;
    this.#onlyFirst = matching === 'first';
    this.#nodes = new NodeTests(plan.graph, this.#memory);
  }

  /** Numbers of the rules that match, in order. The list is reused: it holds until the next call. */
  match(moment: Moment): readonly number[] {
    const code = moment.event.type;
    if (this.wantedTypes[code] !== 1) return NONE;
    const shortlist = this.#byCode[code] ?? this.#prepare(code);
    this.#memory.threads.begin(moment);
    this.#memory.events.begin();
    this.#matched.length = 0;
    shortlist.match(moment, this.#matched, this.#onlyFirst);
    return this.#matched;
  }

  #prepare(code: number): Shortlist {
    const ofClass = this.#plan.classOf(code);
    let shortlist = this.#byClass[ofClass];
    if (shortlist === undefined) {
      const { rules, roots } = this.#plan.program(code);
      shortlist = new Shortlist(this.#plan.graph, this.#nodes, this.#memory, rules, roots);
    }
    return (this.#byCode[code] = this.#byClass[ofClass] = shortlist);
  }
}
