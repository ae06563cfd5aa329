import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { EventBuilder } from '../../../engine/model/event-builder.ts';
import { MAX_INDEX_CONTAINERS, MAX_INDEX_GAPS, MAX_NAME_CHARS } from '../../../engine/model/limits.ts';
import { openWriter } from '../../../engine/trace/trace-writer.ts';
import { feedAll, feedSegments } from '../../../functions/store/feed-segments.ts';
import { FACTS_WANTS, SegmentFacts } from '../../../functions/traces/segment-facts.ts';

const TIME = 1_767_603_600_000_000_000n;
const builder = new EventBuilder();

function containerEvent(id: string, more: object = {}) {
  const json = JSON.stringify({ container: { id, type: 0, ...more } });
  return builder.build('ASYNCEVENT_E', { time: TIME, tid: 0 }, [0, 'container', json]);
}

function gapEvent(n: number) {
  return builder.build('NOTIFICATION_E', { time: TIME + BigInt(n), tid: -1 }, ['creance.gap', `gap ${n}`]);
}

describe('what a segment holds', () => {
  it('names each container once, by what was told of it last', () => {
    const facts = new SegmentFacts(1);
    facts.event(containerEvent('3f4c1d0e9b8a', { name: 'web' }));
    facts.event(containerEvent('3f4c1d0e9b8a', { image: 'nginx:1.27' }));
    facts.event(containerEvent('host'));
    expect(facts.told(undefined).containers).toEqual([{ id: '3f4c1d0e9b8a', name: 'web', image: 'nginx:1.27' }]);
  });

  it('knows containers of which no runtime told, by their control groups', () => {
    const facts = new SegmentFacts(1);
    const id = '2fd35369ffa8'.padEnd(64, '0');
    const cgroups = [`cpu=/docker/${id}`, `memory=/docker/${id}`];
    facts.process({ cgroups } as unknown as Parameters<SegmentFacts['process']>[0]);
    expect(facts.told(undefined).containers).toEqual([{ id: '2fd35369ffa8' }]);
  });

  it('holds no more than its limits, and counts the gaps beyond', () => {
    const facts = new SegmentFacts(7);
    const long = 'x'.repeat(4 * MAX_NAME_CHARS);
    for (let n = 0; n < MAX_INDEX_CONTAINERS + 500; n++) facts.event(containerEvent(`c${n}`, { image: long }));
    for (let n = 0; n < MAX_INDEX_GAPS + 500; n++) facts.event(gapEvent(n));
    const { containers, gaps, gapCount, events } = facts.told(undefined);
    expect(containers).toHaveLength(MAX_INDEX_CONTAINERS);
    expect(containers[0]?.image).toHaveLength(MAX_NAME_CHARS);
    expect(gaps).toHaveLength(MAX_INDEX_GAPS);
    expect(gaps[1]).toEqual({ reason: 'dropped', time: String(TIME + 1n), segment: 7, detail: 'gap 1' });
    expect(gapCount).toBe(MAX_INDEX_GAPS + 500);
    expect(events).toBe(MAX_INDEX_CONTAINERS + MAX_INDEX_GAPS + 1_000);
  });

  it('has the gaps of which the recorder told, as a capture carries them', async () => {
    const chunks: Uint8Array[] = [];
    const writer = openWriter('scap', (bytes) => void chunks.push(bytes));
    writer.section();
    writer.event(builder.build('DROP_E', { time: TIME, tid: 1 }, [2]));
    writer.event(gapEvent(3));
    writer.end();
    const facts = new SegmentFacts(1);
    await feedAll([Readable.from(chunks)], facts, { wants: FACTS_WANTS });
    expect(facts.told(undefined).gaps).toEqual([
      expect.objectContaining({ reason: 'dropped', time: String(TIME) }),
      { reason: 'dropped', time: String(TIME + 3n), segment: 1, detail: 'gap 3' },
    ]);
  });

  it('is counted while the bytes pass: a chunk is gone when the next one comes', async () => {
    const lineOf = (num: number): string =>
      `{"num":${num},"time":1767603600000000000,"tid":1,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":3}}\n`;
    let waiting = 0;
    let most = 0;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('{"section":1}\n');
      for (let n = 0; n < 200; n++) {
        most = Math.max(most, ++waiting);
        yield new TextEncoder().encode(Array.from({ length: 50 }, (_, i) => lineOf(n * 50 + i + 1)).join(''));
      }
    }
    const facts = new SegmentFacts(1);
    const feeding = feedSegments([chunks()], facts, { wants: FACTS_WANTS });
    for await (const _ of feeding) waiting = 0;
    expect(facts.told(undefined)).toMatchObject({ events: 10_000, types: { close: 10_000 } });
    // What is not whole yet is held, no more.
    expect(most).toBeLessThanOrEqual(2);
  });
});
