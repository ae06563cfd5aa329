import { describe, expect, it } from 'vitest';
import { MAX_RUNS_AT_ONCE } from '../../../engine/model/limits.ts';
import { RunLimit } from '../../../functions/http/run-limit.ts';

describe('the number of runs at a time', () => {
  it('is bounded, and a run that ends or is given up makes room', async () => {
    const limit = new RunLimit();
    const running = Array.from({ length: MAX_RUNS_AT_ONCE }, () => limit.counted(steps()));
    for (const run of running) await run.next();
    await expect(limit.counted(steps()).next()).rejects.toMatchObject({
      code: 'TOO_MANY_RUNS',
      details: { headers: { 'retry-after': '1' } },
    });
    await running[0]?.return('');
    for (let step = await running[1]?.next(); step?.done === false; step = await running[1]?.next());
    expect(await limit.counted(steps()).next()).toEqual({ value: 'a', done: false });
    expect(await limit.counted(steps()).next()).toEqual({ value: 'a', done: false });
    await expect(limit.counted(steps()).next()).rejects.toMatchObject({ code: 'TOO_MANY_RUNS' });
  });

  it('counts a run that fails as ended', async () => {
    const limit = new RunLimit();
    for (let i = 0; i < MAX_RUNS_AT_ONCE * 2; i++) await expect(limit.counted(failing()).next()).rejects.toThrow('no');
  });
});

async function* steps(): AsyncGenerator<string, string> {
  yield 'a';
  yield 'b';
  return 'end';
}

async function* failing(): AsyncGenerator<string, string> {
  yield await Promise.reject(new Error('no'));
  return 'end';
}
