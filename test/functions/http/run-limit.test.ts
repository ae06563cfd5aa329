import { describe, expect, it } from 'vitest';
import { MAX_RUNS_AT_ONCE, MAX_RUNS_WAITING } from '../../../engine/model/limits.ts';
import { RunLimit } from '../../../functions/http/run-limit.ts';

describe('the number of runs at a time', () => {
  it('is bounded: more wait in their order, and begin when one ends or is given up', async () => {
    const limit = new RunLimit();
    const running = Array.from({ length: MAX_RUNS_AT_ONCE }, () => limit.counted(steps()));
    for (const run of running) await run.next();
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (n) => {
      const first = await limit.counted(steps()).next();
      order.push(n);
      return first;
    });
    expect([limit.running, limit.waiting, order]).toEqual([MAX_RUNS_AT_ONCE, 3, []]);
    await running[0]?.return('');
    expect(await waiting[0]).toEqual({ value: 'a', done: false });
    for (let step = await running[1]?.next(); step?.done === false; step = await running[1]?.next());
    await waiting[1];
    expect([limit.running, limit.waiting, order]).toEqual([MAX_RUNS_AT_ONCE, 1, [1, 2]]);
    await running[2]?.return('');
    await waiting[2];
    expect(limit.waiting).toBe(0);
  });

  it('refuses a run whose turn does not come, and keeps no place for it', async () => {
    const limit = new RunLimit(1);
    const running = Array.from({ length: MAX_RUNS_AT_ONCE }, () => limit.counted(steps()));
    for (const run of running) await run.next();
    await expect(limit.counted(steps()).next()).rejects.toMatchObject({
      code: 'TOO_MANY_RUNS',
      details: { headers: { 'retry-after': '5' } },
    });
    expect(limit.waiting).toBe(0);
    await running[0]?.return('');
    expect(await limit.counted(steps()).next()).toEqual({ value: 'a', done: false });
  });

  it('refuses at once where the line is full', async () => {
    const limit = new RunLimit();
    const running = Array.from({ length: MAX_RUNS_AT_ONCE + MAX_RUNS_WAITING }, () => limit.counted(steps()));
    const first = running.map((run) => run.next());
    await expect(limit.counted(steps()).next()).rejects.toMatchObject({ code: 'TOO_MANY_RUNS' });
    for (const [i, step] of first.entries()) {
      await step;
      await running[i]?.return('');
    }
    expect([limit.running, limit.waiting]).toEqual([0, 0]);
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
