import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { converted } from '../../verbs/compat/converted.ts';
import {
  BESIDES,
  COMPARED,
  happened,
  KnownDifferences,
  rowOf,
  type Row,
} from '../../verbs/compat/known-differences.ts';
import { creanceRows } from '../../verbs/compat/rows.ts';
import { SYSDIG_ABSENT, SYSDIG_PRESENT, sysdigRows } from '../../verbs/compat/sysdig.ts';
import { describeRecording, inFolder, recordingTo } from './recorder.ts';

/** Names of programs that nobody else on this machine runs. */
const PROGRAMS = { cat: 'creance-cat', ls: 'creance-ls', dash: 'creance-sh' };

describeRecording('a recording for old readers, read by sysdig', () => {
  it('has as many events, the same processes, open files and containers', async ({ skip }) => {
    if (!SYSDIG_PRESENT) skip(SYSDIG_ABSENT);
    await inFolder(async (folder) => {
      for (const [name, copy] of Object.entries(PROGRAMS)) copyFileSync(`/bin/${name}`, join(folder, copy));
      const output = join(folder, 'all.scap');
      const recording = recordingTo(output);
      await recording.start();
      const script = `cd ${folder}; ./creance-cat /etc/hostname > copy < /dev/null; ./creance-ls / | ./creance-cat; (exec ./creance-cat none)`;
      execFileSync(join(folder, PROGRAMS.dash), ['-c', `${script} 2> /dev/null || true`]);
      const { events } = await recording.stop();

      const trace = readFileSync(output);
      const ours = creanceRows(trace, [...COMPARED, ...BESIDES]).map(rowOf);
      const theirs = happened(sysdigRows(converted(trace, 'compat'), COMPARED).map(rowOf));
      expect(happened(ours).length).toBeGreaterThanOrEqual(events);
      expect(theirs.length).toBe(happened(ours).length);

      const known = new KnownDifferences(ours);
      const own = happened(ours).flatMap((row, i) => (isOwn(row) ? [[row, theirs[i] as Row] as const] : []));
      expect(own.length).toBeGreaterThan(100);
      expect(own.flatMap(([row, seen]) => known.unexplained(row, seen).map((field) => [field, row, seen]))).toEqual([]);
    });
  });
});

function isOwn(row: Row): boolean {
  return row['proc.name'].startsWith('creance-') && row['evt.dir'] === '<';
}
