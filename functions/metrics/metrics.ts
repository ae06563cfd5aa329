import { CREANCE_VERSION } from '../version.ts';
import type { Observation, Observe } from './observation.ts';
import { Counter, gaugeLines, Histogram } from './series.ts';

/** Upper bounds of the durations of requests, in seconds. */
const REQUEST_BOUNDS = [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60] as const;
/** Of what is done in the background: from a scenario to a recording of days. */
const WORK_BOUNDS = [0.1, 0.5, 2.5, 10, 60, 300, 1_800] as const;

/** What waits or goes on at the moment, as far as this process knows. */
export interface Present {
  /** Runs of rules over a trace, for requests. */
  readonly runs: number;
  /** Shards of runs that wait or run in this process; undefined where a queue outside has them. */
  readonly shards?: number | undefined;
  /** Segments of traces that wait to be read for their index. */
  readonly segments?: number | undefined;
}

/**
 * What one process, or one isolate of workerd, counts of itself, in the text format of Prometheus 0.0.4. Labels are
 * words of ours, such as routes and statuses, never text of a request or a tenant, so that their number is bounded.
 */
export class Metrics {
  readonly #requests = new Histogram(
    'creance_request_seconds',
    'Time from a request to the beginning of its answer.',
    REQUEST_BOUNDS,
  );
  readonly #begun = new Counter('creance_runs_begun_total', 'Runs that were begun.');
  readonly #ended = new Histogram('creance_run_seconds', 'Time from the beginning of a run to its end.', WORK_BOUNDS);
  readonly #shards = new Histogram('creance_shard_seconds', 'Time that a shard of a run took.', WORK_BOUNDS);
  readonly #failures = new Counter(
    'creance_shard_failures_total',
    'Tries to run a shard that failed, and shards given up.',
  );
  readonly #deliveries = new Histogram(
    'creance_delivery_seconds',
    'Time that telling a webhook of a run took.',
    WORK_BOUNDS,
  );
  readonly #messages = new Counter('creance_delivery_messages_total', 'Messages that webhooks took.');
  readonly #segments = new Histogram(
    'creance_index_seconds',
    'Time that reading a segment for its index took.',
    WORK_BOUNDS,
  );

  /**
   * Counts a request that was answered.
   *
   * @param route the path as the API describes it; `other` for what is no route
   */
  count(method: string, route: string, status: number, seconds: number): void {
    this.#requests.add({ method, route, status }, seconds);
  }

  /** Counts what happened in the background. */
  readonly observe: Observe = (seen) => this.#take(seen);

  /** All of it as text. */
  text({ runs, shards, segments }: Present): string {
    const lines = [
      ...gaugeLines('creance_build_info', 'The version that runs.', 1, { version: CREANCE_VERSION }),
      ...gaugeLines('creance_runs_in_progress', 'Runs of rules over a trace that go on, for requests.', runs),
      ...(shards === undefined ? [] : gaugeLines('creance_shards_waiting', 'Shards that wait or run here.', shards)),
      ...(segments === undefined
        ? []
        : gaugeLines('creance_index_segments_waiting', 'Segments that wait to be read for an index.', segments)),
    ];
    const families = [
      this.#requests,
      this.#begun,
      this.#ended,
      this.#shards,
      this.#failures,
      this.#deliveries,
      this.#messages,
      this.#segments,
    ];
    return `${[...lines, ...families.flatMap((family) => family.lines())].join('\n')}\n`;
  }

  #take(seen: Observation): void {
    switch (seen.what) {
      case 'run begun':
        return this.#begun.add({ kind: seen.kind });
      case 'run ended':
        return this.#ended.add({ kind: seen.kind, state: seen.state }, seen.seconds);
      case 'shard':
        return this.#shards.add({ kind: seen.kind, result: seen.result }, seen.seconds);
      case 'shard failed':
        return this.#failures.add({ result: seen.result });
      case 'delivery':
        this.#deliveries.add({ format: seen.format, state: seen.state }, seen.seconds);
        return this.#messages.add({ format: seen.format }, seen.messages);
      case 'segment':
        return this.#segments.add({ result: seen.result }, seen.seconds);
    }
  }
}
