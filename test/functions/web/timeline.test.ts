import { describe, expect, it } from 'vitest';
import type { TraceColumns, TraceProcess } from '../../../functions/web/page/judge/protocol.ts';
import { treeOf } from '../../../functions/web/page/playground/process-tree.ts';
import { readEvents } from '../../../functions/web/page/service/read-events.ts';
import { densityOf } from '../../../functions/web/page/timeline/density.ts';
import { lanesOf } from '../../../functions/web/page/timeline/lanes.ts';
import { nearestEvent } from '../../../functions/web/page/timeline/nearest-event.ts';
import { clockWords, timeWords } from '../../../functions/web/page/timeline/time-words.ts';
import { bytesWords } from '../../../functions/web/page/traces/bytes-words.ts';

describe('the rows of a timeline', () => {
  it('are the processes in the order in which they begin; what has alerts is kept, the rest shares a row', () => {
    const owners = [...Array.from({ length: 20 }, (_, i) => i % 10), 10];
    const { labels, ofEvent } = lanesOf(columnsOf(owners, 11), 'process', new Set([20]));
    expect(labels).toHaveLength(8);
    expect(labels.at(-2)).toBe('p10');
    expect(labels.at(-1)).toBe('4 others');
    expect(ofEvent[20]).toBe(6);
    expect(ofEvent[9]).toBe(7);
  });

  it('can be the types of events, and have one for events of no process', () => {
    const columns = columnsOf([-1, 0], 1);
    expect(lanesOf(columns, 'type', new Set()).labels).toEqual(['open']);
    expect(lanesOf(columns, 'process', new Set()).labels).toEqual(['no process', 'p0']);
  });
});

describe('events on pixels', () => {
  it('are counted, and the gravest kind is seen', () => {
    const kinds = [1, 0, 1, 1];
    const {
      counts,
      kinds: shown,
      most,
    } = densityOf(
      4,
      2,
      Uint8Array.of(0, 0, 1, 0),
      (place) => kinds[place] as number,
      (place) => [1, 1.2, 3, 9][place] as number,
    );
    expect([...counts]).toEqual([0, 2, 0, 0, 0, 0, 0, 1]);
    expect(shown[1]).toBe(0);
    expect(most).toBe(2);
  });

  it('are found near a point, those of its row first', () => {
    const at = [0, 4, 5, 50];
    const rows = Uint8Array.of(0, 0, 1, 1);
    const near = (row: number, x: number) => nearestEvent(rows, row, (place) => (at[place] as number) - x, 10);
    expect(near(1, 4)).toBe(2);
    expect(near(0, 5)).toBe(1);
    expect(near(0, 30)).toBeUndefined();
  });
});

describe('words for figures', () => {
  it.each([
    [90_000, 60_000, '+1:30'],
    [2_000, 1_000, '+2 s'],
    [2_345, 100, '+2.345 s'],
    [12, 5, '+12 ms'],
    [0.5, 0.1, '+0.500 ms'],
    [-2_000, 1_000, '-2 s'],
  ])('%d ms in steps of %d', (ms, step, words) => {
    expect(timeWords(ms, step)).toBe(words);
  });

  it('are short', () => {
    expect(clockWords(Date.UTC(2026, 0, 5, 9), 1.5)).toBe('09:00:00.001');
    expect([0, 1023, 1024, 1_500_000, 5 * 1024 ** 4].map(bytesWords)).toEqual([
      '0 bytes',
      '1023 bytes',
      '1.0 KiB',
      '1.4 MiB',
      '5.0 TiB',
    ]);
  });
});

describe('the tree of processes', () => {
  it('has children under their parents, whatever comes first, and loses none where parents go in a circle', () => {
    const list = [processOf(1, 1), processOf(2, -1), processOf(3, 1), processOf(4, 4), processOf(5, 3)];
    const rows = treeOf(list, new Map([[2, 7]]));
    expect(rows.map(({ place, depth, alerts }) => [place, depth, alerts])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [2, 1, 7],
      [3, 0, 0],
      [4, 1, 0],
    ]);
  });
});

describe('server-sent events', () => {
  it('are read however they are cut', async () => {
    const text = 'event: run\ndata: {"a":1}\n\n: beat\n\ndata: x\ndata: y\n\n';
    for (let size = 1; size < 9; size++) {
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) as string[];
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
          controller.close();
        },
      });
      const found: string[] = [];
      for await (const data of readEvents(body)) found.push(data);
      expect(found).toEqual(['{"a":1}', 'x\ny']);
    }
  });
});

function columnsOf(owners: readonly number[], processes: number): TraceColumns {
  return {
    owners: Int32Array.from(owners),
    types: new Uint16Array(owners.length),
    typeNames: ['open'],
    processes: Array.from({ length: processes }, (_, i) => processOf(i, -1)),
  } as unknown as TraceColumns;
}

function processOf(pid: number, parent: number): TraceProcess {
  return { pid, parent, names: [`p${pid}`], command: '', container: '', first: 0, events: 1 };
}
