import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { Metrics } from '../../../functions/metrics/metrics.ts';
import type { RunState } from '../../../functions/runs/run.ts';
import { Runs } from '../../../functions/runs/runs.ts';
import type { RunMeans } from '../../../functions/runs/shard-runner.ts';
import { ThreadRunner } from '../../../functions/runs/thread-pool.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import { TraceStore } from '../../../functions/store/trace-store.ts';

const NOW = '2026-01-02T03:04:05.000Z';
const story = (times: number): string => `story: Somebody reads a file
actors: { shell: bash }
steps:
  - shell opens: /etc/passwd
    repeat: ${times}
`;
/** Each alert is as long as a page of text. */
const RULES = `- rule: File opened
  desc: d
  condition: evt.type in (open, openat, openat2) and fd.name = /etc/passwd
  output: "%20000evt.num"
  priority: NOTICE
`;
const TESTS = `rules: [rules.yaml]
tests:
  - name: quiet
    scenario: quiet.yaml
    expect: [{ alert: File opened }]
  - name: loud
    trace: loud.scap
    expect: [{ alert: File opened, at least: 1000 }]
  - name: short
    trace: short.scap
    expect: [{ alert: File opened }]
`;
const MEANS: RunMeans = {
  answer: async () => new Response(null, { status: 500 }),
  sender: { post: async () => 500, now: () => Date.parse(NOW), wait: async () => {} },
};

describe('threads that run shards', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-threads-'));
  let embedded: EmbeddedS3;
  beforeAll(async () => void (embedded = await startEmbeddedS3(directory)));
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const metrics = new Metrics();

  function runner(objects: ObjectStore, megabytes: number): ThreadRunner {
    const options = { settings: embedded.settings, site: directory, allowsPrivate: true, threads: 2, megabytes };
    return new ThreadRunner(objects, options, { ...MEANS, observe: metrics.observe });
  }

  async function ended(runs: Runs, id: string): Promise<RunState> {
    for (let looks = 0; looks < 2_000; looks++) {
      const state = (await runs.state(id)) as RunState;
      if (state.state !== 'running') return state;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the run does not end');
  }

  async function traceOf(objects: ObjectStore, times: number): Promise<string> {
    const chunks: Uint8Array[] = [];
    simulate(new Source('story', story(times)), 'scap', (bytes) => void chunks.push(bytes.slice()));
    const stored = await new TraceStore(objects, 'acme').create({
      name: `${times}`,
      chunks: (async function* () {
        yield* chunks;
      })(),
      createdAt: NOW,
    });
    if ('refused' in stored) throw new Error(stored.refused.message);
    return stored.manifest.id;
  }

  it('give up the one shard that needs too much memory, and do it where there is more', async () => {
    const objects = new ObjectStore(embedded.settings);
    const runs = new Runs(objects, 'acme');
    const suite = await runs.suite('all').append({
      format: 1,
      files: [
        { name: 'all.test.yaml', text: TESTS },
        { name: 'rules.yaml', text: RULES },
        { name: 'quiet.yaml', text: story(1) },
      ],
      traces: { 'loud.scap': await traceOf(objects, 8_000), 'short.scap': await traceOf(objects, 1) },
    });
    const { id } = (await runs.begin({ suite: 'all', attempt: 1 }, suite, NOW)).plan;

    const silenced = console.error;
    console.error = () => {};
    const narrow = runner(objects, 64);
    await narrow.dispatch(await runs.lost(id));
    const failed = await ended(runs, id);
    await narrow.stop();
    console.error = silenced;
    expect(failed).toMatchObject({ state: 'failed', missing: [1], failed: [1] });
    expect(await runs.failures(failed)).toEqual([
      { shard: 1, at: NOW, tries: 3, reason: 'out of memory: it needs more than 64 MB' },
    ]);
    expect(await runs.report(id)).toBeUndefined();
    expect(await runs.going(1)).toBe(0);

    expect(await runs.retry(failed, NOW)).toBe(true);
    expect((await runs.lost(id)).map(({ shard }) => shard)).toEqual([1]);
    const wide = runner(objects, 1_024);
    await wide.resume();
    expect(await ended(runs, id)).toMatchObject({ state: 'done', round: 1, missing: [] });
    await wide.stop();
    expect((await runs.report(id))?.report).toMatchObject({ passed: 3, failed: 0, errors: 0 });
    expect(await runs.retry((await runs.state(id)) as RunState, NOW)).toBe(false);
    const told = metrics.text({ runs: 0, shards: wide.waiting });
    for (const line of [
      'creance_shard_seconds_count{kind="suite",result="done"} 3',
      'creance_shard_failures_total{result="failed"} 3',
      'creance_shard_failures_total{result="given_up"} 1',
      'creance_run_seconds_count{kind="suite",state="failed"} 1',
      'creance_run_seconds_count{kind="suite",state="done"} 1',
      'creance_shards_waiting 0',
    ]) {
      expect(told).toContain(`${line}\n`);
    }
  });
});
