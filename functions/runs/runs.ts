import { createHash } from 'node:crypto';
import { HAND_OUT_AFTER_MS } from '../../engine/model/limits.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { TraceStore } from '../store/trace-store.ts';
import { VersionChain, type Version } from '../store/version-chain.ts';
import { CREANCE_VERSION } from '../version.ts';
import { differenceTo } from './baseline.ts';
import type { BaselineDifference, RequestPlan, RunPlan, RunReport, RunState, ShardFailure } from './run.ts';
import { RunStore } from './run-store.ts';
import { shardsOf } from './shards-of.ts';
import type { StoredRuleSet, Suite } from './suite.ts';
import { suiteVerification } from './suite-verification.ts';
import type { Delivery } from './webhook.ts';

/** A shard that is to be run; the number behind the last one stands for what is left to do when all have ended. */
export interface ShardTask {
  readonly tenant: string;
  readonly run: string;
  readonly shard: number;
}

/** Hands shards to whoever runs them: Cloudflare Queues, or this process. What it loses is found missing and handed again. */
export type Dispatch = (tasks: readonly ShardTask[]) => Promise<void>;

/** What a run of a suite is asked to do. */
export interface RunRequest {
  readonly suite: string;
  /** Hash of a stored rule set, in place of the rules that test files name. */
  readonly ruleSet?: string | undefined;
  readonly attempt: number;
}

/** What a run that answers a request is asked to do. */
export interface AnswerRequest {
  readonly path: string;
  readonly accept: string;
  /** JSON. */
  readonly body: string;
}

/** A run that was planned, now or before. */
export interface Begun {
  readonly plan: RunPlan;
  readonly isNew: boolean;
}

/** The runs of one tenant: begun, looked at, ended. All that lasts is in the store, so any process can go on with any run. */
export class Runs {
  readonly #objects: ObjectStore;
  readonly #tenant: string;
  readonly #store: RunStore;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
    this.#store = new RunStore(objects, tenant);
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
  async begin(request: RunRequest, suite: Version<Suite>, createdAt: string): Promise<Begun> {
    const ruleSet = request.ruleSet === undefined ? undefined : await this.ruleSet(request.ruleSet);
    const { tests } = suiteVerification(suite.value, ruleSet, {
      traces: new TraceStore(this.#objects, this.#tenant),
      prepared: undefined,
    });
    const about = {
      suite: { name: request.suite, version: suite.version },
      ...(request.ruleSet === undefined ? {} : { ruleSet: request.ruleSet }),
      engine: CREANCE_VERSION,
      attempt: request.attempt,
    };
    const shards = shardsOf(tests.map(({ test }) => test.input.kind === 'trace'));
    const plan = { format: 1, kind: 'suite', id: idOf('run', about), ...about, tests: tests.length } as const;
    return this.#begun({ ...plan, shards, createdAt });
  }

  /** Plans the answer to a request. The same request is the same run. */
  async beginAnswer({ path, accept, body }: AnswerRequest, createdAt: string): Promise<Begun> {
    const about = { request: { path, accept }, engine: CREANCE_VERSION, attempt: 1 };
    const id = idOf('answer', [about, createHash('sha256').update(body).digest('hex')]);
    await this.#objects.create(KEYS.run(this.#tenant, id, 'request.json'), body, 'application/json');
    const plan: RequestPlan = { format: 1, kind: 'request', id, ...about, shards: [[0, 1]], createdAt };
    return this.#begun(plan);
  }

  /** Asks for webhooks to be told when a run ends, also of one that has; false when all of them were asked for before. */
  async ask(id: string, webhooks: readonly string[]): Promise<boolean> {
    const { webhooks: asked = [] } = (await this.state(id)) ?? {};
    const added = webhooks.filter((name) => !asked.includes(name));
    if (added.length > 0) await this.#store.goesOn(id);
    for (const name of added) await this.#store.ask(id, name);
    return added.length > 0;
  }

  /** How far a run is; undefined when there is none. */
  async state(id: string): Promise<RunState | undefined> {
    const plan = await this.#store.plan(id);
    return plan === undefined ? undefined : this.#store.state(plan);
  }

  /** Why shards of a run failed. */
  async failures(state: RunState): Promise<ShardFailure[]> {
    const found = await Promise.all(state.failed.map((shard) => this.#store.failure(state, shard)));
    return found.filter((failure) => failure !== undefined);
  }

  /** What came of telling each webhook that was asked for; undefined where it is not known yet. */
  deliveries(state: RunState): Promise<{ webhook: string; delivery: Delivery | undefined }[]> {
    return Promise.all(
      state.webhooks.map(async (webhook) => {
        const round = state.settled.findLast((one) => one.webhook === webhook)?.round;
        const delivery = round === undefined ? undefined : await this.#store.delivery(state.plan.id, round, webhook);
        return { webhook, delivery };
      }),
    );
  }

  /** The report of a run of a suite; undefined while it is not done. */
  report(id: string): Promise<RunReport | undefined> {
    return this.#store.report(id);
  }

  /** What was kept of the answer to a request; undefined while it is not done. */
  answerReport(id: string): ReturnType<RunStore['requestReport']> {
    return this.#store.requestReport(id);
  }

  /** The answer to a request, as it was given. */
  answer(id: string): Promise<ReadableStream<Uint8Array> | undefined> {
    return this.#objects.read(KEYS.run(this.#tenant, id, 'answer'));
  }

  /** What a run changed since the accepted run of its suite; undefined where none was accepted. */
  async difference({ suite, report }: RunReport): Promise<BaselineDifference | undefined> {
    const accepted = await this.baseline(suite.name).current();
    const before = accepted && (await this.#store.report(accepted.value.run));
    return before && differenceTo(before, report);
  }

  /** Says that nobody wants a run any more; false when that was said before, or it had ended. */
  async cancel(state: RunState, at: string): Promise<boolean> {
    if (state.state !== 'running') return false;
    const isFirst = await this.#store.cancel(state, at);
    await this.#store.ended(state.plan.id);
    return isFirst;
  }

  /** Begins a run anew that failed, was cancelled, or of which somebody could not be told: what is done stays done. */
  async retry(state: RunState, at: string): Promise<boolean> {
    const untold = (await this.deliveries(state)).some(({ delivery }) => delivery?.state === 'failed');
    if (state.state === 'running' || (state.state === 'done' && !untold)) return false;
    await this.#store.again(state, at);
    return true;
  }

  /** One page of ids of runs. */
  list(after: string | undefined, limit: number): ReturnType<RunStore['list']> {
    return this.#store.list(after, limit);
  }

  /** How many runs go on; counts no further than a limit. */
  async going(limit: number): Promise<number> {
    let count = 0;
    for await (const _ of this.#store.going()) if (++count === limit) break;
    return count;
  }

  /**
   * What is to be done for all runs that go on: after a process that ended, or after a queue that forgot.
   *
   * @param now where others may be at work: only what seems lost by this time
   */
  async *unfinished(now?: number): AsyncGenerator<ShardTask> {
    for await (const id of this.#store.going()) {
      const state = now === undefined ? undefined : await this.state(id);
      yield* state === undefined || now === undefined ? await this.lost(id) : await this.lostOf(state, now);
    }
  }

  /** What of a run is not done and not being given up. */
  async lost(id: string): Promise<readonly ShardTask[]> {
    const state = await this.state(id);
    if (state === undefined) await this.#store.ended(id);
    return state === undefined ? [] : this.#tasksOf(state);
  }

  /** The same, if nothing of the run was written for so long that what was handed out seems lost. */
  async lostOf(state: RunState, now: number): Promise<readonly ShardTask[]> {
    if (state.state !== 'running' && untoldOf(state).length === 0) return [];
    const quiet = HAND_OUT_AFTER_MS * 2 ** Math.min(state.handedOut, 10);
    if (now - state.modified < quiet) return [];
    const tasks = this.#tasksOf(state);
    return tasks.length > 0 && (await this.#store.handOut(state)) ? tasks : [];
  }

  #tasksOf(state: RunState): readonly ShardTask[] {
    const { plan, missing, failed } = state;
    const rest = missing.filter((shard) => !failed.includes(shard));
    const shards = state.state === 'running' && rest.length > 0 ? rest : [plan.shards.length];
    return shards.map((shard) => ({ tenant: this.#tenant, run: plan.id, shard }));
  }

  async #begun(plan: RunPlan): Promise<Begun> {
    const before = await this.#store.plan(plan.id);
    if (before !== undefined) return { plan: before, isNew: false };
    if (await this.#store.begin(plan)) return { plan, isNew: true };
    return { plan: (await this.#store.plan(plan.id)) ?? plan, isNew: false };
  }
}

/** Webhooks that are still to be told, in this round. */
export function untoldOf({ webhooks, settled, round }: RunState): readonly string[] {
  return webhooks.filter((name) => !settled.some((one) => one.webhook === name && one.round === round));
}

function idOf(kind: string, about: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([`creance ${kind}`, about]))
    .digest('hex')
    .slice(0, 32);
}
