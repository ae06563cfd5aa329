import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCapture, type Capture } from './capture.ts';
import { describeRecording, inFolder, recordingTo } from './recorder.ts';

/** What the two can't tell alike: what changes while one looks, and what /proc has no word for. */
const UNSTABLE = ['vmSize', 'vmRss', 'vmSwap', 'majorFaults', 'minorFaults', 'pidnsInitStart', 'exeCtime'];
const UNTOLD = ['exeWritable', 'exeUpperLayer', 'exeLowerLayer', 'cgroups'];

async function stateBy(folder: string, byProc: boolean): Promise<Capture> {
  const output = join(folder, byProc ? 'proc.scap' : 'iterators.scap');
  const recording = recordingTo(output, { byProc });
  await recording.start();
  await recording.stop();
  return readCapture(output);
}

describeRecording('the state of the machine at start', () => {
  it('is by /proc what it is by the iterators', async () => {
    await inFolder(async (folder) => {
      const iterators = await stateBy(folder, false);
      const proc = await stateBy(folder, true);
      const stable = (state: Capture, tid: number) =>
        Object.entries(state.processes.get(tid) ?? {}).filter(
          ([name]) => !UNSTABLE.includes(name) && !UNTOLD.includes(name),
        );
      const own = [process.pid, process.ppid, 1].filter((pid) => iterators.processes.has(pid));
      for (const pid of own) expect(stable(proc, pid), `process ${pid}`).toEqual(stable(iterators, pid));
      const both = [...iterators.processes.keys()].filter((tid) => proc.processes.has(tid));
      expect(both.length).toBeGreaterThan(iterators.processes.size / 2);
      const lineage = (state: Capture) => both.map((tid) => [tid, state.processes.get(tid)?.pid]);
      expect(lineage(proc)).toEqual(lineage(iterators));
      const kept = (state: Capture) =>
        (state.files.get(1) ?? []).map(({ fd, kind, name, sourcePort, destPort }) => [
          fd,
          kind,
          name,
          sourcePort,
          destPort,
        ]);
      expect(kept(proc)).toEqual(kept(iterators));
    });
  });
});
