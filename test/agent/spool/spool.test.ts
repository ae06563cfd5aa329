import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sender, type Outcome, type Receiver } from '../../../agent/spool/sender.ts';
import { Spool } from '../../../agent/spool/spool.ts';
import type { SpoolOptions } from '../../../agent/spool/spool-options.ts';
import { readCapture } from '../recording/capture.ts';
import { capture, putSegment, segmentBytes } from './captures.ts';

let folder = '';
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'creance-spool-'));
  now = Date.parse('2026-01-05T09:00:00Z');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OPTIONS: SpoolOptions = { name: 'node-7', chance: 'abc', maxBytes: undefined, drop: 'oldest', now: () => now };
const open = (options: Partial<SpoolOptions> = {}): Promise<Spool> => Spool.open(folder, { ...OPTIONS, ...options });

/** Makes the next segment, whole on disk; the spool is told unless the recorder was killed just before. */
function record(spool: Spool, { size = 0, isTold = true } = {}): number {
  const sequence = spool.nextSequence();
  const path = spool.path(sequence, BigInt(now) * 1_000_000n + BigInt(sequence) * 1_000_000_000n);
  const manifest = putSegment(path, sequence, size === 0 ? segmentBytes(sequence) : Buffer.alloc(size));
  if (isTold) spool.whole(manifest);
  return sequence;
}

const segmentsIn = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.scap.gz'));

/** Empties a spool into a list; tells also what it was told at the end of recordings. */
async function drained(spool: Spool, outcomes: readonly (Outcome | Error)[] = []): Promise<string[]> {
  const told: string[] = [];
  const answers = [...outcomes];
  const receiver: Receiver = {
    send: ({ sequence }) => {
      const answer = answers.shift() ?? 'kept';
      told.push(answer instanceof Error ? `${sequence} failed` : `${sequence} ${answer}`);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    close: ({ last, lost }) => {
      told.push(`closed at ${last}${lost.length === 0 ? '' : ` without ${lost.join()}`}`);
      return Promise.resolve('closed');
    },
  };
  await new Sender(spool, receiver, { chance: () => 0, wait: () => Promise.resolve() }).run(new Promise(() => {}));
  return told;
}

describe('a spool', () => {
  it('is emptied in the order of time, and says at the end that nothing more comes', async () => {
    const spool = await open();
    for (let i = 0; i < 3; i++) record(spool);
    expect([spool.segments, spool.bytes]).toEqual([3, segmentsIn().reduce((sum, name) => sum + sizeOf(name), 0)]);
    spool.end();
    expect(await drained(spool)).toEqual(['1 kept', '2 kept', '3 kept', 'closed at 3']);
    expect(readdirSync(folder)).toEqual(['spool.jsonl']);
    await spool.close();
  });

  it('is tried again when sending fails, and gives up what will never be taken', async () => {
    const spool = await open();
    for (let i = 0; i < 2; i++) record(spool);
    spool.end();
    const told = await drained(spool, [new Error('no connection'), new Error('no connection'), 'refused']);
    expect(told).toEqual(['1 failed', '1 failed', '1 refused', '2 kept', 'closed at 2 without 1']);
    await spool.close();
  });

  it('puts what waits into another recording when the service has forgotten this one', async () => {
    const spool = await open();
    for (let i = 0; i < 3; i++) record(spool);
    spool.end();
    expect(await drained(spool, ['kept', 'gone'])).toEqual([
      '1 kept',
      '2 gone',
      '2 kept',
      '3 kept',
      'closed at 3 without 1',
    ]);
    await spool.close();
  });

  it('goes on after a kill where it was, and takes in what was made whole just before', async () => {
    const killed = await open();
    record(killed);
    const first = killed.take();
    if (first !== undefined) killed.sent(first);
    record(killed);
    record(killed, { isTold: false });
    killed.path(killed.nextSequence(), 9_000_000_000n);
    appendFileSync(join(folder, 'spool.jsonl'), '{"did":"send","key":"node-7 2026');
    await killed.close();

    const spool = await open();
    expect(record(spool)).toBe(5);
    spool.end();
    expect(await drained(spool)).toEqual(['2 kept', '3 kept', '5 kept', 'closed at 5 without 4']);
    await spool.close();
  });

  it('does not send again what was sent when it was killed before removing it', async () => {
    const killed = await open();
    record(killed);
    const bytes = readFileSync(join(folder, segmentsIn()[0] ?? ''));
    const first = killed.take();
    if (first !== undefined) killed.sent(first);
    putSegment(join(folder, first?.file ?? ''), 1, bytes);
    await killed.close();
    const spool = await open();
    expect([spool.segments, segmentsIn()]).toEqual([0, []]);
    await spool.close();
  });

  it.each(['oldest', 'newest'] as const)('gives up the %s when it is full, and says so', async (drop) => {
    const spool = await open({ maxBytes: 3_000, drop });
    for (let i = 0; i < 5; i++) record(spool, { size: 1_000 });
    expect(spool.bytes).toBe(3_000);
    const lost = drop === 'oldest' ? [1, 2] : [4, 5];
    const times = lost.map((number) => ({ from: BigInt(number) * 1_000_000_000n, reason: 'spool full', events: 10 }));
    expect(spool.losses(0)).toMatchObject(times);
    expect(spool.losses(0)).toEqual([]);
    expect(spool.dropped).toEqual({ segments: 2, events: 20 });
    expect(segmentsIn()).toHaveLength(3);
    // What grows counts too.
    expect(spool.losses(1_500)).toHaveLength(2);
    spool.end();
    const kept = drop === 'oldest' ? [5] : [1];
    const gone = [1, 2, 3, 4, 5].filter((number) => !kept.includes(number));
    const last = await drained(spool);
    expect(last.at(-1)).toBe(`closed at 5 without ${gone.join()}`);
    await spool.close();
  });

  it('does not give up what is on its way', async () => {
    const spool = await open({ maxBytes: 2_000 });
    record(spool, { size: 1_000 });
    const sending = spool.take();
    for (let i = 0; i < 3; i++) record(spool, { size: 1_000 });
    expect(existsSync(sending?.path ?? '')).toBe(true);
    expect(spool.bytes).toBe(2_000);
    await spool.close();
  });

  it('begins another recording each day', async () => {
    const spool = await open();
    record(spool);
    now += 24 * 3600 * 1000;
    expect(record(spool)).toBe(1);
    spool.end();
    expect(await drained(spool)).toEqual(['1 kept', 'closed at 1', '1 kept', 'closed at 1']);
    await spool.close();
  });

  it('is for one recorder at a time', async () => {
    const spool = await open();
    await expect(open()).rejects.toThrow('in use by another recorder');
    await spool.close();
    await (await open()).close();
  });

  it('lets nobody else read what is in it', async () => {
    const spool = await open();
    const path = spool.path(spool.nextSequence(), 1n);
    writeFileSync(`${path}.partial`, gzipSync(capture(['a'])), { mode: 0o600 });
    await spool.close();
    await (await open()).close();
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(modes).toHaveLength(3);
  });
});

describe('a segment that was torn off by a kill', () => {
  const whole = capture(Array.from({ length: 50 }, (_, i) => `event ${i}`));

  it.each([
    ['in the middle of a block', gzipSync(whole.subarray(0, whole.length - 7))],
    ['in the middle of a gzip member', Buffer.concat([gzipSync(whole), gzipSync(whole).subarray(0, 30)])],
    ['with zeros behind it', Buffer.concat([gzipSync(whole.subarray(0, whole.length - 1)), Buffer.alloc(500)])],
  ])('%s is whole up to its last whole block, and tells of the gap', async (_, bytes) => {
    const killed = await open();
    const path = killed.path(killed.nextSequence(), 1n);
    writeFileSync(`${path}.partial`, bytes);
    await killed.close();
    const spool = await open();
    expect(spool.salvaged).toMatchObject([{ complete: false, salvaged: true, gaps: [{ reason: 'recorder ended' }] }]);
    const { events, diagnostics } = readCapture(path);
    expect(diagnostics).toEqual([]);
    expect(events.length).toBeGreaterThanOrEqual(50);
    expect(events.at(-1)?.string(0)).toBe('creance.gap');
    expect(JSON.parse(readFileSync(`${path}.json`, 'utf8'))).toMatchObject({
      events: events.length,
      bytes: statSync(path).size,
    });
    expect(readdirSync(folder).filter((name) => /torn|partial/.test(name))).toEqual([]);
    spool.end();
    expect(await drained(spool)).toEqual(['1 kept', 'closed at 1']);
    await spool.close();
  });

  it('is removed, and lost, where nothing of it is whole', async () => {
    const killed = await open();
    const path = killed.path(killed.nextSequence(), 1n);
    writeFileSync(`${path}.partial`, gzipSync(whole.subarray(0, 60)));
    await killed.close();
    const spool = await open();
    expect([spool.salvaged, segmentsIn()]).toEqual([[], []]);
    record(spool);
    spool.end();
    expect(await drained(spool)).toEqual(['2 kept', 'closed at 2 without 1']);
    await spool.close();
  });

  it('is mended again when mending was killed too', async () => {
    const killed = await open();
    const path = killed.path(killed.nextSequence(), 1n);
    writeFileSync(`${path}.torn`, gzipSync(whole));
    writeFileSync(`${path}.partial`, gzipSync(whole).subarray(0, 20));
    await killed.close();
    const spool = await open();
    expect(readCapture(path).events).toHaveLength(51);
    expect(gunzipSync(readFileSync(path)).subarray(0, whole.length)).toEqual(whole);
    await spool.close();
  });
});

function sizeOf(name: string): number {
  return statSync(join(folder, name)).size;
}
