import { CREANCE_VERSION } from '../version.ts';

/** Upper bounds of the histogram of durations, in seconds. */
const BOUNDS = [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60] as const;

/** Counts of the requests to one route that ended with one status. */
interface Series {
  readonly labels: string;
  readonly buckets: number[];
  count: number;
  seconds: number;
}

/**
 * What one process, or one isolate of workerd, counts of itself, in the text format of Prometheus 0.0.4. Labels are
 * routes and statuses of ours, never text of a request, so that their number is bounded.
 */
export class Metrics {
  readonly #series = new Map<string, Series>();

  /**
   * Counts a request that was answered.
   *
   * @param route the path as the API describes it; `other` for what is no route
   */
  count(method: string, route: string, status: number, seconds: number): void {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    let series = this.#series.get(labels);
    if (series === undefined) {
      series = { labels, buckets: BOUNDS.map(() => 0), count: 0, seconds: 0 };
      this.#series.set(labels, series);
    }
    series.count++;
    series.seconds += seconds;
    BOUNDS.forEach((bound, i) => {
      if (seconds <= bound) series.buckets[i] = (series.buckets[i] as number) + 1;
    });
  }

  /** All of it as text. */
  text(runsGoingOn: number): string {
    const lines = [
      '# HELP creance_build_info The version that runs.',
      '# TYPE creance_build_info gauge',
      `creance_build_info{version="${CREANCE_VERSION}"} 1`,
      '# HELP creance_runs_in_progress Runs of rules over a trace that go on.',
      '# TYPE creance_runs_in_progress gauge',
      `creance_runs_in_progress ${runsGoingOn}`,
      '# HELP creance_request_seconds Time from a request to the beginning of its answer.',
      '# TYPE creance_request_seconds histogram',
    ];
    for (const { labels, buckets, count, seconds } of this.#series.values()) {
      BOUNDS.forEach((bound, i) =>
        lines.push(`creance_request_seconds_bucket{${labels},le="${bound}"} ${buckets[i] as number}`),
      );
      lines.push(`creance_request_seconds_bucket{${labels},le="+Inf"} ${count}`);
      lines.push(
        `creance_request_seconds_sum{${labels}} ${seconds}`,
        `creance_request_seconds_count{${labels}} ${count}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }
}
