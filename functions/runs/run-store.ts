import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { RunPlan, RunReport, RunState, ShardResult } from './run.ts';

/** What is kept of runs: the plan, a result for each shard, the report; each written once. */
export class RunStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** Writes a plan; answers the one that is there when it was written before. */
  async begin(plan: RunPlan): Promise<RunPlan> {
    const created = await this.#put(KEYS.run(this.#tenant, plan.id, 'plan.json'), plan);
    return created ? plan : ((await this.plan(plan.id)) ?? plan);
  }

  /** The plan of a run; undefined when there is none. */
  plan(id: string): Promise<RunPlan | undefined> {
    return this.#get(KEYS.run(this.#tenant, id, 'plan.json'));
  }

  /** How far a run is. Costs a listing of its objects. */
  async state(plan: RunPlan): Promise<RunState> {
    const folder = KEYS.run(this.#tenant, plan.id, '');
    const names = new Set<string>();
    for await (const { key } of this.#objects.list(folder)) names.add(key.slice(folder.length));
    const missing = plan.shards.map((_, n) => n).filter((n) => !names.has(shardName(n)));
    if (names.has('report.json')) return { plan, state: 'done', missing: [] };
    return { plan, state: names.has('cancelled.json') ? 'cancelled' : 'running', missing };
  }

  /** Keeps the result of a shard; false when another try was first, whose result stays. */
  keep(id: string, shard: number, result: ShardResult): Promise<boolean> {
    return this.#put(KEYS.run(this.#tenant, id, shardName(shard)), result);
  }

  /** The result of a shard; undefined while it is not done. */
  shard(id: string, shard: number): Promise<ShardResult | undefined> {
    return this.#get(KEYS.run(this.#tenant, id, shardName(shard)));
  }

  /** Keeps the report, which makes a run done. */
  finish(report: RunReport): Promise<boolean> {
    return this.#put(KEYS.run(this.#tenant, report.run, 'report.json'), report);
  }

  /** The report of a run; undefined while it is not done. */
  report(id: string): Promise<RunReport | undefined> {
    return this.#get(KEYS.run(this.#tenant, id, 'report.json'));
  }

  /** Says that nobody wants a run any more; shards that are not begun are not run. */
  cancel(id: string, at: string): Promise<boolean> {
    return this.#put(KEYS.run(this.#tenant, id, 'cancelled.json'), { at });
  }

  /** True for a run that nobody wants any more. */
  async isCancelled(id: string): Promise<boolean> {
    return (await this.#get(KEYS.run(this.#tenant, id, 'cancelled.json'))) !== undefined;
  }

  /** One page of ids of runs behind `after`, in the order of ids. */
  list(after: string | undefined, limit: number): ReturnType<ObjectStore['listFolders']> {
    return this.#objects.listFolders(KEYS.runs(this.#tenant), after, limit);
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
  return `shards/${String(shard).padStart(5, '0')}.json`;
}
