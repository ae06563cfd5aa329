import type { SuiteReport, TestResult } from '../../engine/suite/result.ts';
import type { Verification } from '../../engine/verify.ts';
import type { Observe } from '../metrics/observation.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { TraceStore } from '../store/trace-store.ts';
import { PreparedTraces } from '../traces/prepared-traces.ts';
import { CancelWatch } from './cancel-watch.ts';
import { deliver, type Sender } from './deliver.ts';
import type { KeptAnswer, RequestPlan, RunReport, RunState, ShardResult, SuitePlan } from './run.ts';
import { alertMessages, runMessage } from './run-messages.ts';
import { RunStore } from './run-store.ts';
import { Runs, untoldOf, type ShardTask } from './runs.ts';
import { suiteVerification } from './suite-verification.ts';
import { TrendStore } from './trend-store.ts';
import type { Delivery } from './webhook.ts';
import { WebhookStore } from './webhook-store.ts';

/** What running a shard needs beside the store. */
export interface RunMeans {
  /** Waited for between two tests, where others are to be served meanwhile. */
  readonly pause?: (() => Promise<void>) | undefined;
  /** Answers a request of a tenant as the service does, however long that takes. */
  readonly answer: (tenant: string, request: Request) => Promise<Response>;
  /** How webhooks are told. */
  readonly sender: Sender;
  /** Counts what happens. */
  readonly observe?: Observe | undefined;
}

/** The service could not answer a request in the background; worth trying again. */
class NoAnswer extends Error {}

/** The run was cancelled while a shard of it ran. */
class Cancelled extends Error {}

/** Runs shards of one tenant's runs, and ends runs whose shards are done. */
export class ShardRunner {
  readonly #objects: ObjectStore;
  readonly #tenant: string;
  readonly #means: RunMeans;
  readonly #runs: Runs;
  readonly #store: RunStore;
  readonly #traces: TraceStore;
  readonly #forms: PreparedTraces;
  #prepared: { readonly key: string; readonly verification: Verification } | undefined;

  constructor(objects: ObjectStore, tenant: string, means: RunMeans) {
    this.#objects = objects;
    this.#tenant = tenant;
    this.#means = means;
    this.#runs = new Runs(objects, tenant);
    this.#store = new RunStore(objects, tenant);
    this.#traces = new TraceStore(objects, tenant);
    this.#forms = new PreparedTraces(objects, tenant, means.sender.now);
  }

  /** Runs one shard, unless it is done or nobody wants it; the last one ends the run. */
  async run(id: string, shard: number): Promise<void> {
    const state = await this.#runs.state(id);
    if (state === undefined) return;
    const isOpen = state.missing.includes(shard) && !state.failed.includes(shard);
    if (isOpen && state.state === 'running') {
      const began = this.#means.sender.now();
      const result = await this.#resultOf(state, shard);
      const seconds = (this.#means.sender.now() - began) / 1_000;
      const { kind } = state.plan;
      this.#means.observe?.({ what: 'shard', kind, result: result === undefined ? 'cancelled' : 'done', seconds });
      if (result === undefined) return;
      await this.#store.keep(id, shard, result);
    }
    await this.#end(id, shard === state.plan.shards.length);
  }

  /** Gives a shard up; the others go on. */
  async giveUp({ run, shard }: ShardTask, tries: number, reason: string): Promise<void> {
    const state = await this.#runs.state(run);
    if (state === undefined || !state.missing.includes(shard)) return;
    const at = new Date(this.#means.sender.now()).toISOString();
    const isFirst = await this.#store.fail(state, { shard, at, tries, reason });
    if (!isFirst) return;
    this.#means.observe?.({ what: 'shard failed', result: 'given_up' });
    await this.#end(run, true);
  }

  /** Works on a shard; undefined when the run was cancelled meanwhile. */
  async #resultOf(state: RunState, shard: number): Promise<ShardResult | undefined> {
    const { plan } = state;
    const watch = new CancelWatch(this.#store, state, this.#means.sender.now);
    const goOn = async (): Promise<void> => {
      if (await watch.isCancelled()) throw new Cancelled();
    };
    try {
      return plan.kind === 'suite' ? await this.#tests(plan, shard, goOn) : await this.#answer(plan, goOn);
    } catch (error) {
      if (error instanceof Cancelled || (error as Error).cause instanceof Cancelled) return undefined;
      throw error;
    }
  }

  /** @param goOn called between two tests; throws when nobody wants the run any more */
  async #tests(plan: SuitePlan, shard: number, goOn: () => Promise<void>): Promise<ShardResult> {
    const [from, to] = plan.shards[shard] as readonly [number, number];
    const verification = await this.#verification(plan);
    const results: TestResult[][] = [];
    for (let number = from; number < to; number++) {
      results.push(await verification.run(number));
      await this.#means.pause?.();
      await goOn();
    }
    return { format: 1, results };
  }

  /** Answers a request into an object beside the run. Two that do it at a time write the same. */
  async #answer({ id, request: { path, accept } }: RequestPlan, goOn: () => Promise<void>): Promise<ShardResult> {
    const body = (await this.#objects.readText(KEYS.run(this.#tenant, id, 'request.json'))) ?? '';
    const headers = { accept, 'content-type': 'application/json' };
    const request = new Request(`http://127.0.0.1${path}`, { method: 'POST', headers, body });
    const given = await this.#means.answer(this.#tenant, request);
    if (given.status >= 500 || given.body === null) throw new NoAnswer(`the service answered ${given.status}`);
    const contentType = given.headers.get('content-type') ?? 'application/octet-stream';
    const answer = { status: given.status, contentType, bytes: 0 };
    const counted = counting(given.body, answer, goOn);
    await this.#objects.upload(KEYS.run(this.#tenant, id, 'answer'), counted, contentType);
    return { format: 1, answer };
  }

  /**
   * Makes the report once all shards are done, and tells the webhooks once a run has ended.
   *
   * @param tells also where another one made the report: it may have come no further
   */
  async #end(id: string, tells: boolean): Promise<void> {
    const state = await this.#runs.state(id);
    if (state === undefined) return;
    let ended = state;
    let isMine = tells;
    if (state.state === 'running') {
      if (state.missing.length > 0) return;
      const isReport = await this.#reduce(state);
      if (isReport) this.#ended(state, 'done');
      isMine = isReport || tells;
      ended = { ...state, state: 'done' };
    }
    if (!isMine) return;
    if (ended.state === 'failed' && tells) this.#ended(state, 'failed');
    if (ended.state !== 'cancelled') for (const name of untoldOf(ended)) await this.#tell(ended, name);
    await this.#store.ended(id);
  }

  #ended({ plan }: RunState, state: 'done' | 'failed'): void {
    const seconds = (this.#means.sender.now() - Date.parse(plan.createdAt)) / 1_000;
    this.#means.observe?.({ what: 'run ended', kind: plan.kind, state, seconds });
  }

  /** Makes the report; false when another one did. */
  async #reduce({ plan }: RunState): Promise<boolean> {
    const { id: run, engine } = plan;
    if (plan.kind === 'request') {
      const result = await this.#store.shard(run, 0);
      const answer = (result as { readonly answer: KeptAnswer }).answer;
      return this.#store.finish({ run, request: plan.request, engine, answer });
    }
    const results: (readonly TestResult[])[] = [];
    for (let shard = 0; shard < plan.shards.length; shard++) {
      const result = await this.#store.shard(run, shard);
      if (result !== undefined && 'results' in result) results.push(...result.results);
    }
    const report: SuiteReport = (await this.#verification(plan)).report(results);
    const { suite, ruleSet } = plan;
    const whole: RunReport = { run, suite, ...(ruleSet === undefined ? {} : { ruleSet }), engine, report };
    await new TrendStore(this.#objects, this.#tenant).add(plan, whole);
    return this.#store.finish(whole);
  }

  async #tell(state: RunState, name: string): Promise<void> {
    const { id } = state.plan;
    const ended = state.state as Delivery['ended'];
    const before = (await this.#runs.deliveries(state)).find(({ webhook }) => webhook === name)?.delivery;
    if (before?.state === 'delivered' && before.ended === 'done') return void (await this.#store.settle(state, before));
    const webhook = await new WebhookStore(this.#objects, this.#tenant).find(name);
    if (webhook === undefined) {
      const gone = { webhook: name, ended, state: 'failed', messages: 0, tries: [], reason: 'the webhook is gone' };
      return void (await this.#store.settle(state, gone as Delivery));
    }
    const report = ended === 'done' && state.plan.kind === 'suite' ? await this.#store.report(id) : undefined;
    const messages =
      webhook.format === 'falco'
        ? alertMessages(this.#objects, this.#tenant, name, state)
        : runMessage(name, state, report, await this.#runs.failures(state));
    const { now } = this.#means.sender;
    const began = now();
    const sent = await deliver(webhook, messages, this.#means.sender);
    const { format } = webhook;
    const seconds = (now() - began) / 1_000;
    this.#means.observe?.({ what: 'delivery', format, state: sent.state, messages: sent.messages, seconds });
    await this.#store.settle(state, { webhook: name, ended, ...sent });
  }

  /** Prepared once for all shards of a run that this object is asked for. */
  async #verification({ suite, ruleSet }: SuitePlan): Promise<Verification> {
    const key = JSON.stringify([suite, ruleSet]);
    if (this.#prepared?.key !== key) this.#prepared = { key, verification: await this.#prepare(suite, ruleSet) };
    return this.#prepared.verification;
  }

  async #prepare(suite: SuitePlan['suite'], ruleSet: string | undefined): Promise<Verification> {
    const version = await this.#runs.suite(suite.name).read(suite.version);
    if (version === undefined) throw new Error(`version ${suite.version} of the suite ${suite.name} is gone`);
    const rules = ruleSet === undefined ? undefined : await this.#runs.ruleSet(ruleSet);
    return suiteVerification(version.value, rules, { traces: this.#traces, prepared: this.#forms });
  }
}

async function* counting(
  chunks: AsyncIterable<Uint8Array>,
  into: { bytes: number },
  goOn: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await goOn();
    into.bytes += chunk.length;
    yield chunk;
  }
}
