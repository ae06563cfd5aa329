import { createHash } from 'node:crypto';
import type { SuiteReport, TestResult } from '../../engine/suite/result.ts';
import type { Verification } from '../../engine/verify.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { TraceStore } from '../store/trace-store.ts';
import { VersionChain, type Version } from '../store/version-chain.ts';
import { CREANCE_VERSION } from '../version.ts';
import { differenceTo } from './baseline.ts';
import type { BaselineDifference, RunPlan, RunReport, RunState } from './run.ts';
import { RunStore } from './run-store.ts';
import type { StoredRuleSet, Suite } from './suite.ts';
import { suiteVerification } from './suite-verification.ts';

/** Scenarios in one shard: some milliseconds each. A trace is a shard of its own. */
const SCENARIOS_A_SHARD = 50;

/** A shard that is to be run. */
export interface ShardTask {
  readonly tenant: string;
  readonly run: string;
  readonly shard: number;
}

/** Hands shards to whoever runs them: Cloudflare Queues, or this process. What it loses is found missing and handed again. */
export type Dispatch = (tasks: readonly ShardTask[]) => Promise<void>;

/** What a run is asked to do. */
export interface RunRequest {
  readonly suite: string;
  readonly version?: number | undefined;
  /** Hash of a stored rule set, in place of the rules that test files name. */
  readonly ruleSet?: string | undefined;
  readonly attempt: number;
}

/** The runs of one tenant. All that lasts is in the store, so any process can go on with any run. */
export class Runs {
  readonly #objects: ObjectStore;
  readonly #tenant: string;
  readonly #store: RunStore;
  readonly #traces: TraceStore;
  readonly #pause: (() => Promise<void>) | undefined;
  #prepared: { readonly key: string; readonly verification: Verification } | undefined;

  /** @param pause is waited for between two tests, where others are to be served meanwhile */
  constructor(objects: ObjectStore, tenant: string, pause?: () => Promise<void>) {
    this.#objects = objects;
    this.#tenant = tenant;
    this.#pause = pause;
    this.#store = new RunStore(objects, tenant);
    this.#traces = new TraceStore(objects, tenant);
  }

  /** The versions of a suite. */
  suite(name: string): VersionChain<Suite> {
    return new VersionChain(this.#objects, KEYS.suite(this.#tenant, name));
  }

  /** The accepted runs of a suite. */
  baseline(suite: string): VersionChain<{ readonly run: string }> {
    return new VersionChain(this.#objects, KEYS.baseline(this.#tenant, suite));
  }

  /** A stored rule set by its hash. */
  async ruleSet(sha256: string): Promise<StoredRuleSet | undefined> {
    const text = await this.#objects.readText(KEYS.ruleSet(this.#tenant, sha256));
    return text === undefined ? undefined : (JSON.parse(text) as StoredRuleSet);
  }

  /** Plans a run of a suite. The same suite, rules and version of Creance are the same run. */
  async begin(request: RunRequest, suite: Version<Suite>, createdAt: string): Promise<RunPlan> {
    const ruleSet = request.ruleSet === undefined ? undefined : await this.ruleSet(request.ruleSet);
    const { tests } = suiteVerification(suite.value, ruleSet, this.#traces);
    const about = {
      suite: { name: request.suite, version: suite.version },
      ...(request.ruleSet === undefined ? {} : { ruleSet: request.ruleSet }),
      engine: CREANCE_VERSION,
      attempt: request.attempt,
    };
    const id = createHash('sha256')
      .update(JSON.stringify(['creance run', about]))
      .digest('hex')
      .slice(0, 32);
    const shards = shardsOf(tests.map(({ test }) => test.input.kind === 'trace'));
    return this.#store.begin({ format: 1, id, ...about, tests: tests.length, shards, createdAt });
  }

  /** How far a run is; undefined when there is none. */
  async state(id: string): Promise<RunState | undefined> {
    const plan = await this.#store.plan(id);
    return plan === undefined ? undefined : this.#store.state(plan);
  }

  /** Runs one shard, unless it is done or nobody wants it; the last one makes the report. */
  async run(id: string, shard: number): Promise<void> {
    const plan = await this.#store.plan(id);
    const range = plan?.shards[shard];
    if (plan === undefined || range === undefined) return;
    if ((await this.#store.shard(id, shard)) === undefined) {
      if (await this.#store.isCancelled(id)) return;
      const verification = await this.#verification(plan);
      const results: TestResult[][] = [];
      for (let number = range[0]; number < range[1]; number++) {
        results.push(await verification.run(number));
        await this.#pause?.();
      }
      await this.#store.keep(id, shard, { format: 1, results });
    }
    await this.reduce(plan);
  }

  /** Makes the report of a run once all its shards are done. */
  async reduce(plan: RunPlan): Promise<void> {
    const { state, missing } = await this.#store.state(plan);
    if (state === 'done' || missing.length > 0) return;
    const results: (readonly TestResult[])[] = [];
    for (let shard = 0; shard < plan.shards.length; shard++) {
      results.push(...((await this.#store.shard(plan.id, shard))?.results ?? []));
    }
    const report: SuiteReport = (await this.#verification(plan)).report(results);
    const { id: run, suite, ruleSet, engine } = plan;
    await this.#store.finish({ run, suite, ...(ruleSet === undefined ? {} : { ruleSet }), engine, report });
  }

  /** The report of a run; undefined while it is not done. */
  report(id: string): Promise<RunReport | undefined> {
    return this.#store.report(id);
  }

  /** What a run changed since the accepted run of its suite; undefined where none was accepted. */
  async difference({ suite, report }: RunReport): Promise<BaselineDifference | undefined> {
    const accepted = await this.baseline(suite.name).current();
    const before = accepted && (await this.#store.report(accepted.value.run));
    return before && differenceTo(before, report);
  }

  /** Says that nobody wants a run any more. */
  async cancel(id: string, at: string): Promise<void> {
    await this.#store.cancel(id, at);
  }

  /** One page of ids of runs. */
  list(after: string | undefined, limit: number): ReturnType<RunStore['list']> {
    return this.#store.list(after, limit);
  }

  /** Shards that were never done, of a run that goes on: a queue that forgot, a process that ended. */
  async lost(id: string): Promise<readonly ShardTask[]> {
    const state = await this.state(id);
    return state === undefined ? [] : this.lostOf(state);
  }

  /** The same of a run whose state is known. */
  async lostOf({ plan, state, missing }: RunState): Promise<readonly ShardTask[]> {
    if (state !== 'running') return [];
    if (missing.length === 0) await this.reduce(plan);
    return missing.map((shard) => ({ tenant: this.#tenant, run: plan.id, shard }));
  }

  /** Prepared once for all shards of a run that this object is asked for. */
  async #verification({ suite, ruleSet }: RunPlan): Promise<Verification> {
    const key = JSON.stringify([suite, ruleSet]);
    if (this.#prepared?.key !== key) this.#prepared = { key, verification: await this.#prepare(suite, ruleSet) };
    return this.#prepared.verification;
  }

  async #prepare(suite: RunPlan['suite'], ruleSet: string | undefined): Promise<Verification> {
    const version = await this.suite(suite.name).read(suite.version);
    if (version === undefined) throw new Error(`version ${suite.version} of the suite ${suite.name} is gone`);
    return suiteVerification(
      version.value,
      ruleSet === undefined ? undefined : await this.ruleSet(ruleSet),
      this.#traces,
    );
  }
}

/** Cuts tests into shards: a test over a trace alone, scenarios together. */
function shardsOf(isTrace: readonly boolean[]): [number, number][] {
  const shards: [number, number][] = [];
  let wasTrace = true;
  isTrace.forEach((trace, number) => {
    const last = shards.at(-1);
    const fits = last !== undefined && !trace && !wasTrace && last[1] - last[0] < SCENARIOS_A_SHARD;
    if (fits) last[1] = number + 1;
    else shards.push([number, number + 1]);
    wasTrace = trace;
  });
  return shards;
}
