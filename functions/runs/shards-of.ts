/** Scenarios in one shard: some milliseconds each. A trace is a shard of its own. */
const SCENARIOS_A_SHARD = 50;

/** Cuts tests into shards: a test over a trace alone, scenarios together. */
export function shardsOf(isTrace: readonly boolean[]): [number, number][] {
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
