import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import type { Observation } from '../../../functions/metrics/observation.ts';
import { inProcessRunner } from '../../../functions/runs/in-process.ts';
import type { RunState } from '../../../functions/runs/run.ts';
import { Runs, type ShardTask } from '../../../functions/runs/runs.ts';
import { ShardRunner, type RunMeans } from '../../../functions/runs/shard-runner.ts';
import type { Suite } from '../../../functions/runs/suite.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';

const NOW = '2026-01-02T03:04:05.000Z';
const STORY =
  'story: A shell\ncontainers: { web: {} }\nactors: { a: { in: web, runs: nginx } }\nsteps:\n  - a runs: sh -c id\n';
/** Two hundred scenarios: four shards. */
const SUITE: Suite = {
  format: 1,
  files: [
    {
      name: 'all.test.yaml',
      text: 'rules: [rules.yaml]\ntests:\n  - scenarios: "s/*.yaml"\n    expect:\n      - alert: Shell Spawned in Container\n',
    },
    { name: 'rules.yaml', text: FIRST_RULES },
    ...Array.from({ length: 200 }, (_, i) => ({ name: `s/${String(i).padStart(3, '0')}.yaml`, text: STORY })),
  ],
  traces: {},
};

/** Nothing but the store is needed to run suites. */
const MEANS: RunMeans = {
  answer: async () => new Response(null, { status: 500 }),
  sender: { post: async () => 500, now: () => 0, wait: async () => {} },
};

/** A store whose process is killed at its nth object that is created. */
class DyingStore extends ObjectStore {
  left = Infinity;

  override async create(...words: Parameters<ObjectStore['create']>): Promise<boolean> {
    if (this.left-- <= 0) throw new Error('killed');
    return super.create(...words);
  }
}

describe('runs', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-runs-'));
  let embedded: EmbeddedS3;
  beforeAll(async () => void (embedded = await startEmbeddedS3(directory)));
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function begun(
    objects: ObjectStore,
    tenant: string,
  ): Promise<{ runs: Runs; runner: ShardRunner; id: string; tasks: readonly ShardTask[] }> {
    const runs = new Runs(objects, tenant);
    const suite = await runs.suite('all').append(SUITE);
    const { id } = (await runs.begin({ suite: 'all', attempt: 1 }, suite, NOW)).plan;
    return { runs, runner: new ShardRunner(objects, tenant, MEANS), id, tasks: await runs.lost(id) };
  }

  it('cuts a suite into shards and puts their results together in order', async () => {
    const { runs, runner, id, tasks } = await begun(new ObjectStore(embedded.settings), 'whole');
    expect(tasks.map(({ shard }) => shard)).toEqual([0, 1, 2, 3]);
    for (const { shard } of tasks.toReversed()) await runner.run(id, shard);
    const report = (await runs.report(id))?.report;
    expect(report).toMatchObject({ passed: 200, failed: 0, errors: 0 });
    expect(report?.tests.map(({ name }) => name)).toEqual(
      Array.from({ length: 200 }, (_, i) => `s/${String(i).padStart(3, '0')}`),
    );
    expect(await runs.going(10)).toBe(0);
  });

  // Four shards and the report: killed before each of them is written.
  it.each([0, 1, 2, 3, 4])(
    'go on where they were killed (%i objects were written), and count no shard twice',
    async (written) => {
      const objects = new DyingStore(embedded.settings);
      const { runs, runner, id, tasks } = await begun(objects, `killed-${written}`);
      objects.left = written;
      const first = inProcessRunner(objects, MEANS);
      const silenced = console.error;
      console.error = () => {};
      await first.dispatch(tasks);
      await first.stop();
      for (const { shard } of tasks) await runner.run(id, shard).catch(() => {});
      console.error = silenced;
      expect((await runs.state(id))?.state).toBe('running');
      objects.left = Infinity;

      const next = inProcessRunner(objects, MEANS);
      await next.resume();
      for (let looks = 0; looks < 200 && (await runs.state(id))?.state !== 'done'; looks++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      await next.stop();
      const report = (await runs.report(id))?.report;
      expect(report?.tests).toHaveLength(200);
      expect(report).toMatchObject({ passed: 200 });
    },
  );

  it('keep the first result of a shard that two run at a time', async () => {
    const { runs, runner, id, tasks } = await begun(new ObjectStore(embedded.settings), 'twice');
    await Promise.all([...tasks, ...tasks].map(({ shard }) => runner.run(id, shard)));
    expect((await runs.report(id))?.report.tests).toHaveLength(200);
  });

  it('begin no shard once they are cancelled', async () => {
    const { runs, runner, id, tasks } = await begun(new ObjectStore(embedded.settings), 'cancelled');
    await runner.run(id, 0);
    await runs.cancel((await runs.state(id)) as RunState, NOW);
    for (const { shard } of tasks) await runner.run(id, shard);
    expect(await runs.state(id)).toMatchObject({ state: 'cancelled', missing: [1, 2, 3] });
    expect(await runs.going(10)).toBe(0);
  });

  it('end a shard between two of its tests when they are cancelled, and begin it anew', async () => {
    const objects = new ObjectStore(embedded.settings);
    const { runs, id } = await begun(objects, 'interrupted');
    const seen: Observation[] = [];
    let now = Date.parse(NOW);
    let tests = 0;
    const stopping = new ShardRunner(objects, 'interrupted', {
      ...MEANS,
      sender: { ...MEANS.sender, now: () => now },
      observe: (one) => void seen.push(one),
      async pause() {
        now += 600;
        if (++tests === 3) await runs.cancel((await runs.state(id)) as RunState, NOW);
      },
    });
    await stopping.run(id, 0);
    // The store is asked once a second.
    expect(tests).toBe(4);
    expect(seen).toEqual([{ what: 'shard', kind: 'suite', result: 'cancelled', seconds: 2.4 }]);
    expect(await runs.state(id)).toMatchObject({ state: 'cancelled', missing: [0, 1, 2, 3] });
    expect(await runs.retry((await runs.state(id)) as RunState, NOW)).toBe(true);
    const next = new ShardRunner(objects, 'interrupted', MEANS);
    for (const { shard } of await runs.lost(id)) await next.run(id, shard);
    expect((await runs.report(id))?.report).toMatchObject({ passed: 200 });
  });

  it('stop writing the answer to a request when they are cancelled', async () => {
    const objects = new ObjectStore(embedded.settings);
    const runs = new Runs(objects, 'answer');
    const { id } = (await runs.beginAnswer({ path: '/v1/detect', accept: 'application/json', body: '{}' }, NOW)).plan;
    let now = Date.parse(NOW);
    let chunks = 0;
    const lines = new ReadableStream<Uint8Array>({
      async pull(controller) {
        now += 600;
        if (++chunks === 3) await runs.cancel((await runs.state(id)) as RunState, NOW);
        if (chunks < 100) controller.enqueue(new TextEncoder().encode('{}\n'));
        else controller.close();
      },
    });
    const runner = new ShardRunner(objects, 'answer', {
      answer: async () => new Response(lines),
      sender: { ...MEANS.sender, now: () => now },
    });
    await runner.run(id, 0);
    expect(chunks).toBeLessThan(10);
    expect(await runs.answer(id)).toBeUndefined();
    expect(await runs.state(id)).toMatchObject({ state: 'cancelled', missing: [0] });
  });
});
