import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MemoryCap } from '../../../agent/overload/memory-cap.ts';
import { Overload } from '../../../agent/overload/overload.ts';
import { total } from '../../../agent/stream/stats.ts';
import { PROCEXIT, ROWS_BY_NAME } from '../../../agent/table/table.ts';
import { readCapture } from './capture.ts';
import { describeRecording, inFolder, recordingTo } from './recorder.ts';

const numberOf = (name: string) => ROWS_BY_NAME.get(name)?.number ?? 0;

describeRecording('a recording whose memory is at its cap', () => {
  it('gives up a step, leaves the stream alone, counts what that loses, and goes on', async () => {
    await inFolder(async (folder) => {
      let resident = 0;
      const memory = new MemoryCap(100, () => resident);
      const selected = [numberOf('read'), numberOf('write'), PROCEXIT];
      const overload = new Overload({
        selected,
        needed: new Set(),
        lives: new Set([PROCEXIT]),
        snaplen: 80,
        memory,
        nameOf: String,
      });
      const output = join(folder, 'memory.scap');
      const recording = recordingTo(output, { selected, ringBytes: 64 * 1024, memory, watches: [overload] });
      await recording.start();
      const flood = spawn('dd', ['if=/dev/zero', 'of=/dev/null', 'bs=8'], { stdio: 'ignore' });
      resident = 101;
      await expect.poll(() => memory.stops, { timeout: 10_000 }).toBeGreaterThan(0);
      await expect.poll(() => overload.step, { timeout: 10_000 }).toBeGreaterThan(0);
      resident = 0;
      flood.kill('SIGKILL');
      await once(flood, 'close');
      const { stats, events, segments } = await recording.stop();
      expect(stats).toBeDefined();
      if (stats === undefined) return;
      expect(total(stats.dropped)).toBeGreaterThan(0);
      expect(total(stats.seen)).toBe(total(stats.sent) + total(stats.dropped));
      expect(events).toBe(total(stats.sent));
      expect(segments[0]?.overload?.[0]).toMatchObject({ step: 1 });
      expect(readCapture(output, ({ info }) => info.name === 'notification').events.length).toBeGreaterThan(1);
    });
  });
});
