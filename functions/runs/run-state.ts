import type { RunPlan, RunState } from './run.ts';

/** Works out how far a run is from the names of its objects: nothing of it is ever changed, so they tell all. */
export function stateOf(plan: RunPlan, names: readonly string[], modified: number): RunState {
  const numbers = (pattern: RegExp): number[] =>
    names.flatMap((name) => {
      const digits = pattern.exec(name)?.[1];
      return digits === undefined ? [] : [Number(digits)];
    });
  const known = new Set(names);
  const round = Math.max(0, ...numbers(/^rounds\/(\d+)\//));
  const inRound = `rounds/${String(round).padStart(5, '0')}/`;
  const done = new Set(numbers(/^shards\/(\d+)\.json$/));
  const missing = plan.shards.map((_, n) => n).filter((n) => !done.has(n));
  const given = new Set(numbers(new RegExp(`^${inRound}failed/(\\d+)\\.json$`)));
  const failed = missing.filter((n) => given.has(n));
  return {
    plan,
    state: known.has('report.json')
      ? 'done'
      : known.has(`${inRound}cancelled.json`)
        ? 'cancelled'
        : missing.length > 0 && failed.length === missing.length
          ? 'failed'
          : 'running',
    round,
    missing,
    failed,
    webhooks: names.flatMap((name) => /^webhooks\/(.+)\.json$/.exec(name)?.[1] ?? []),
    settled: names.flatMap((name) => {
      const [, told, webhook] = /^rounds\/(\d+)\/told\/(.+)\.json$/.exec(name) ?? [];
      return webhook === undefined ? [] : [{ webhook, round: Number(told) }];
    }),
    handedOut: Math.max(0, ...numbers(/^handed-out\/(\d+)\.json$/)),
    modified,
  };
}
