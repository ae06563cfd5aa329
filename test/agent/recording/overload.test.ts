import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Overload } from '../../../agent/overload/overload.ts';
import { planOfAll } from '../../../agent/plan/plan.ts';
import { PROCESS_STATE } from '../../../agent/plan/state-syscalls.ts';
import { paramOf, readCapture } from './capture.ts';
import { describeRecording, inFolder, recordingTo } from './recorder.ts';

describeRecording('a recording under a flood', () => {
  it('gives up data first and then the calls that make the flood, and says so', async () => {
    await inFolder(async (folder) => {
      const planned = planOfAll().syscalls;
      const names = new Map(planned.map(({ row }) => [row.number, row.syscall]));
      const overload = new Overload({
        selected: [...names.keys()],
        needed: new Set(planned.filter(({ state }) => state.length > 0).map(({ row }) => row.number)),
        lives: new Set(planned.filter(({ row }) => PROCESS_STATE.has(row.syscall)).map(({ row }) => row.number)),
        snaplen: 80,
        nameOf: (number) => names.get(number) ?? '',
      });
      const output = join(folder, 'flood.scap');
      const recording = recordingTo(output, { ringBytes: 64 * 1024, watches: [overload] });
      await recording.start();
      const flood = spawn('dd', ['if=/dev/zero', 'of=/dev/null', 'bs=8'], { stdio: 'ignore' });
      await expect.poll(() => overload.step, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
      flood.kill('SIGKILL');
      await once(flood, 'close');
      const { stats } = await recording.stop();
      expect(stats?.dropped.transfer).toBeGreaterThan(0);
      const { events } = readCapture(output, ({ info }) => info.name === 'notification');
      const steps = events
        .filter((event) => paramOf(event, 'id') === 'creance.overload')
        .map((event) => String(paramOf(event, 'desc')));
      expect(steps[0]).toBe('step 1 of 4: without the data of reads and writes');
      expect(steps[1]).toMatch(/^step 2 of 4: not recorded from here on: (.*, )?(read|write)\b/);
    });
  });
});
