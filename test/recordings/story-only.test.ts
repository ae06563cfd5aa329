import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { readCases, type ScenarioCase } from '../../engine/scenario/read-cases.ts';
import { traceOf } from '../stories.ts';
import { creanceRows } from '../verbs/compat/rows.ts';
import { storyOnly } from './story-only.ts';

const STORY = `
story: Two servers of one machine start programs
actors: { nginx: nginx, cron: cron }
steps:
  - nginx runs: id
  - cron runs: who
  - nginx opens: /var/www/html/index.html
  - cron opens: /etc/crontab
`;

const trace = traceOf(readCases(new Source('story.yaml', STORY)).cases[0] as ScenarioCase, 'scap');
const namesIn = (bytes: Uint8Array) =>
  new Set(
    creanceRows(bytes, ['proc.name', 'proc.pname', 'fd.name'])
      .flat()
      .filter((text) => text !== '<NA>'),
  );
const pidOf = (name: string) =>
  Number(creanceRows(trace, ['proc.name', 'proc.pid']).find(([found]) => found === name)?.[1]);

describe('a recording of which only the story is kept', () => {
  const { bytes, events, others } = storyOnly(gzipSync(trace), { pid: pidOf('nginx'), container: 'none' });
  const kept = gunzipSync(bytes);

  it('has what its processes and their children did, and nothing of others', () => {
    const names = namesIn(kept);
    for (const name of ['nginx', 'id', '/var/www/html/index.html']) expect(names).toContain(name);
    for (const name of ['cron', 'who', '/etc/crontab']) {
      expect(namesIn(trace)).toContain(name);
      expect(names).not.toContain(name);
    }
    expect(kept.includes('cron')).toBe(false);
  });

  it('counts what is kept and what is left out', () => {
    expect(creanceRows(kept, ['evt.num']).length).toBe(events);
    expect(events + others).toBe(creanceRows(trace, ['evt.num']).length);
    expect(Math.min(events, others)).toBeGreaterThan(5);
  });
});
