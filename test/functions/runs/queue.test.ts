import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import { HAND_OUT_AFTER_MS } from '../../../engine/model/limits.ts';
import type { RunState } from '../../../functions/runs/run.ts';
import { Runs, type ShardTask } from '../../../functions/runs/runs.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import worker from '../../../functions/worker.ts';

const NOW = '2026-01-02T03:04:05.000Z';
const STORY = 'story: A shell\nactors: { a: nginx }\nsteps:\n  - a runs: sh -c id\n';
const TESTS = 'rules: [rules.yaml]\ntests:\n  - scenario: story.yaml\n    expect: []\n';

describe('a queue that hands shards to workers', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-queue-'));
  const sent: ShardTask[] = [];
  let embedded: EmbeddedS3;
  let env: object;
  let objects: ObjectStore;
  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    objects = new ObjectStore(embedded.settings);
    const queue = { sendBatch: async (all: { body: ShardTask }[]) => void sent.push(...all.map(({ body }) => body)) };
    const { endpoint, bucket, credentials } = embedded.settings;
    env = {
      RUNS: queue,
      INDEX: { sendBatch: async () => {} },
      S3_ENDPOINT: endpoint,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: credentials?.accessKeyId,
      S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
    };
  });
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function begun(tenant: string): Promise<{ runs: Runs; id: string; tasks: readonly ShardTask[] }> {
    const runs = new Runs(objects, tenant);
    const files = [
      { name: 'a.test.yaml', text: TESTS },
      { name: 'rules.yaml', text: FIRST_RULES },
      { name: 'story.yaml', text: STORY },
    ];
    const suite = await runs.suite('all').append({ format: 1, files, traces: {} });
    const { id } = (await runs.begin({ suite: 'all', attempt: 1 }, suite, NOW)).plan;
    return { runs, id, tasks: await runs.lost(id) };
  }

  /** What the worker says to the queue about a shard. */
  async function handed(task: ShardTask | undefined, attempts: number): Promise<string> {
    const said: string[] = [];
    const message = { body: task, attempts, ack: () => void said.push('ack'), retry: () => void said.push('retry') };
    const silenced = console.error;
    console.error = () => {};
    await worker.queue({ messages: [message] } as never, env as never);
    console.error = silenced;
    return said.join();
  }

  it('gives a shard up that fails each time, with the reason', async () => {
    const { runs, id, tasks } = await begun('failing');
    await objects.delete('t/failing/suites/all/00000000000000000001.json');
    expect([await handed(tasks[0], 1), await handed(tasks[0], 2)]).toEqual(['retry', 'retry']);
    expect((await runs.state(id))?.state).toBe('running');
    await handed(tasks[0], 3);
    const state = (await runs.state(id)) as RunState;
    expect(state.state).toBe('failed');
    expect(await runs.failures(state)).toMatchObject([
      { shard: 0, tries: 3, reason: 'version 1 of the suite all is gone' },
    ]);
  });

  it('gives a shard up whose worker ends each time without a word', async () => {
    const { runs, id, tasks } = await begun('silent');
    expect(await handed(tasks[0], 4)).toBe('ack');
    const state = (await runs.state(id)) as RunState;
    expect(await runs.failures(state)).toMatchObject([{ reason: expect.stringContaining('without a word') }]);
  });

  it('is handed again what it forgot, but not by everybody who asks', async () => {
    const { runs, id, tasks } = await begun('forgotten');
    const now = Date.now();
    const state = (await runs.state(id)) as RunState;
    expect(await runs.lostOf(state, now)).toEqual([]);
    const later = now + HAND_OUT_AFTER_MS + 5_000;
    const both = await Promise.all([runs.lostOf(state, later), runs.lostOf(state, later)]);
    expect(both.filter((given) => given.length > 0)).toEqual([tasks]);
    const after = (await runs.state(id)) as RunState;
    expect(after.handedOut).toBe(1);
    expect(await runs.lostOf(after, later)).toEqual([]);
    expect(await runs.lostOf(after, now + 2 * HAND_OUT_AFTER_MS + 5_000)).toEqual(tasks);
  });

  it('is handed by the timer what was lost, which then is done', async () => {
    const { runs, id } = await begun('timed');
    const real = Date.now;
    Date.now = () => real() + 10 * HAND_OUT_AFTER_MS;
    sent.length = 0;
    await worker.scheduled({ cron: '*/10 * * * *' }, env as never);
    Date.now = real;
    const task = sent.find(({ run, tenant }) => run === id && tenant === 'timed');
    expect(await handed(task, 1)).toBe('ack');
    expect((await runs.state(id))?.state).toBe('done');
    expect(await runs.going(1)).toBe(0);
  });
});
