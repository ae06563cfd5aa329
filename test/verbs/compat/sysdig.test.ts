import { describe, expect, it } from 'vitest';
import { Source } from '../../../engine/model/source.ts';
import { readCases, type ScenarioCase } from '../../../engine/scenario/read-cases.ts';
import { captureBytes, SMALL_CAPTURES } from '../../conformance/small-captures.ts';
import { describeConformance } from '../../conformance/data.ts';
import { STORIES, tellingsOf, traceOf } from '../../stories.ts';
import { converted } from './converted.ts';
import { BESIDES, COMPARED, KnownDifferences, rowOf, type Row } from './known-differences.ts';
import { creanceRows } from './rows.ts';
import { SYSDIG_ABSENT, SYSDIG_PRESENT, sysdigRows } from './sysdig.ts';

const RUNTIMES = `
story: One file is opened in a container of each runtime
containers:
  a: { image: "nginx:1", runtime: docker }
  b: { image: "nginx:2", runtime: containerd, pod: shop/b }
  c: { image: "nginx:3", runtime: cri-o, pod: shop/c }
  d: { image: "nginx:4", runtime: podman }
actors:
  one: { in: a, runs: nginx }
  two: { in: b, runs: nginx }
  three: { in: c, runs: nginx }
  four: { in: d, runs: nginx }
steps:
  - one opens: /etc/passwd
  - two opens: /etc/passwd
  - three opens: /etc/passwd
  - four opens: /etc/passwd
`;

function tellingOf(text: string): ScenarioCase {
  return readCases(new Source('story.yaml', text)).cases[0] as ScenarioCase;
}

const ours = (trace: Uint8Array): Row[] => creanceRows(trace, [...COMPARED, ...BESIDES]).map(rowOf);
const theirs = (trace: Uint8Array): Row[] => sysdigRows(trace, COMPARED).map(rowOf);
const exits = (rows: readonly Row[]): Row[] => rows.filter((row) => row['evt.dir'] === '<');

/** What sysdig sees otherwise than Creance, without a known reason. */
function differences(trace: Uint8Array, compat: Uint8Array): unknown[] {
  const all = ours(trace);
  const expected = exits(all);
  const seen = exits(theirs(compat));
  expect(seen.length).toBe(expected.length);
  const known = new KnownDifferences(all);
  return expected.flatMap((row, i) => {
    const fields = known.unexplained(row, seen[i] as Row);
    return fields.length === 0 ? [] : [{ fields, ours: row, theirs: seen[i] }];
  });
}

/** A suite that needs sysdig; without it the suite is one skipped test that says so. */
function withSysdig(suite: () => void): () => void {
  return SYSDIG_PRESENT ? suite : () => it('needs sysdig', ({ skip }) => skip(SYSDIG_ABSENT));
}

describe(
  'a capture for old readers, read by sysdig',
  withSysdig(() => {
    it.each(STORIES)('%s: shows the same events, processes, open files and containers', (story) => {
      const tellings = tellingsOf(story);
      expect(tellings.length).toBeGreaterThan(0);
      for (const telling of tellings) {
        expect(differences(traceOf(telling, 'scap'), traceOf(telling, 'compat')).slice(0, 3)).toEqual([]);
      }
    });

    it('tells containers by name and image, whoever made them', () => {
      const rows = sysdigRows(traceOf(tellingOf(RUNTIMES), 'compat'), [
        'container.name',
        'container.image',
        'evt.type',
      ]);
      const seen = new Set(rows.filter(([, , type]) => type === 'openat').map(([name, image]) => `${name} ${image}`));
      expect([...seen].sort()).toEqual([
        'a nginx:1',
        'b docker.io/library/nginx:2',
        'c docker.io/library/nginx:3',
        'd nginx:4',
      ]);
    });
  }),
);

describeConformance(
  'a recording converted for old readers, read by sysdig',
  withSysdig(() => {
    it.each(SMALL_CAPTURES)('%s: shows the same', (name) => {
      const trace = captureBytes(name);
      expect(differences(trace, converted(trace, 'compat')).slice(0, 3)).toEqual([]);
    });
  }),
);
