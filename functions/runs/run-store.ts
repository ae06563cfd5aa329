import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { RequestReport, RunPlan, RunReport, RunState, ShardFailure, ShardResult } from './run.ts';
import { stateOf } from './run-state.ts';
import type { Delivery } from './webhook.ts';

/** What is kept of runs: the plan, a result for each shard, the report, what happened on the way; each written once. */
export class RunStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** Writes a plan, unless it was written before. The mark that the run goes on comes first, so that it is never lost. */
  async begin(plan: RunPlan): Promise<boolean> {
    await this.goesOn(plan.id);
    return this.#put(KEYS.run(this.#tenant, plan.id, 'plan.json'), plan);
  }

  /** The plan of a run; undefined when there is none. */
  plan(id: string): Promise<RunPlan | undefined> {
    return this.#get(KEYS.run(this.#tenant, id, 'plan.json'));
  }

  /** Marks a run as one that is to be looked after, which is what a process that begins looks for. */
  async goesOn(id: string): Promise<void> {
    await this.#put(KEYS.going(this.#tenant, id), {});
  }

  /** Takes that mark away. */
  async ended(id: string): Promise<void> {
    await this.#objects.delete(KEYS.going(this.#tenant, id));
  }

  /** Ids of runs that are marked so, in order. */
  async *going(): AsyncGenerator<string> {
    const folder = KEYS.going(this.#tenant, '');
    for await (const { key } of this.#objects.list(folder)) yield key.slice(folder.length);
  }

  /** How far a run is. Costs a listing of its objects. */
  async state(plan: RunPlan): Promise<RunState> {
    const folder = KEYS.run(this.#tenant, plan.id, '');
    const names: string[] = [];
    let modified = 0;
    for await (const object of this.#objects.list(folder)) {
      names.push(object.key.slice(folder.length));
      if (object.modified > modified) modified = object.modified;
    }
    return stateOf(plan, names, modified);
  }

  /** Keeps the result of a shard; false when another try was first, whose result stays. */
  keep(id: string, shard: number, result: ShardResult): Promise<boolean> {
    return this.#put(KEYS.run(this.#tenant, id, shardName(shard)), result);
  }

  /** The result of a shard; undefined while it is not done. */
  shard(id: string, shard: number): Promise<ShardResult | undefined> {
    return this.#get(KEYS.run(this.#tenant, id, shardName(shard)));
  }

  /** Keeps that a shard failed as often as is tried; false when that was kept before. */
  fail({ plan, round }: RunState, failure: ShardFailure): Promise<boolean> {
    return this.#put(this.#inRound(plan.id, round, `failed/${padded(failure.shard)}.json`), failure);
  }

  /** Why a shard failed in a round. */
  failure({ plan, round }: RunState, shard: number): Promise<ShardFailure | undefined> {
    return this.#get(this.#inRound(plan.id, round, `failed/${padded(shard)}.json`));
  }

  /** Keeps the report, which makes a run done; false when another one was first. */
  finish(report: RunReport | RequestReport): Promise<boolean> {
    return this.#put(KEYS.run(this.#tenant, report.run, 'report.json'), report);
  }

  /** The report of a run of a suite; undefined while it is not done. */
  report(id: string): Promise<RunReport | undefined> {
    return this.#get(KEYS.run(this.#tenant, id, 'report.json'));
  }

  /** What is known of the answer of a request; undefined while it is not done. */
  requestReport(id: string): Promise<RequestReport | undefined> {
    return this.#get(KEYS.run(this.#tenant, id, 'report.json'));
  }

  /** Says that nobody wants a run any more; shards that are not begun are not run. */
  cancel({ plan, round }: RunState, at: string): Promise<boolean> {
    return this.#put(this.#inRound(plan.id, round, 'cancelled.json'), { at });
  }

  /** True when nobody wants a run any more, in the round that is known. */
  async isCancelled({ plan, round }: RunState): Promise<boolean> {
    return (await this.#objects.readText(this.#inRound(plan.id, round, 'cancelled.json'))) !== undefined;
  }

  /** Begins a run anew, with what it has by then. */
  async again({ plan, round }: RunState, at: string): Promise<void> {
    await this.goesOn(plan.id);
    await this.#put(this.#inRound(plan.id, round + 1, 'begun.json'), { at });
  }

  /** Keeps that lost shards are handed out again, so that not everybody who asks does it. */
  handOut({ plan, handedOut }: RunState): Promise<boolean> {
    return this.#put(KEYS.run(this.#tenant, plan.id, `handed-out/${padded(handedOut + 1)}.json`), {});
  }

  /** Asks for a webhook to be told of a run. */
  async ask(id: string, webhook: string): Promise<void> {
    await this.#put(KEYS.run(this.#tenant, id, `webhooks/${webhook}.json`), {});
  }

  /** Keeps what came of telling a webhook. */
  settle({ plan, round }: RunState, delivery: Delivery): Promise<boolean> {
    return this.#put(this.#inRound(plan.id, round, `told/${delivery.webhook}.json`), delivery);
  }

  /** What came of telling a webhook in a round. */
  delivery(id: string, round: number, webhook: string): Promise<Delivery | undefined> {
    return this.#get(this.#inRound(id, round, `told/${webhook}.json`));
  }

  /** One page of ids of runs behind `after`, in the order of ids. */
  list(after: string | undefined, limit: number): ReturnType<ObjectStore['listFolders']> {
    return this.#objects.listFolders(KEYS.runs(this.#tenant), after, limit);
  }

  #inRound(id: string, round: number, name: string): string {
    return KEYS.run(this.#tenant, id, `rounds/${padded(round)}/${name}`);
  }

  async #get<T>(key: string): Promise<T | undefined> {
    const text = await this.#objects.readText(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  #put(key: string, value: object): Promise<boolean> {
    return this.#objects.create(key, `${JSON.stringify(value)}\n`, 'application/json');
  }
}

function shardName(shard: number): string {
  return `shards/${padded(shard)}.json`;
}

function padded(number: number): string {
  return String(number).padStart(5, '0');
}
