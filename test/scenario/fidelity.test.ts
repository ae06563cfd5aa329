import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Filtering, readQuery } from '../../engine/filter.ts';
import { Source } from '../../engine/model/source.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { CONFORMANCE, describeConformance } from '../conformance/data.ts';
import { readCases } from './read-cases.ts';
import { scenarioOf, toldTechniques, type Side } from './techniques.ts';

/** What a story and a recording of the same must agree on. Numbers that a story chooses for itself are left out. */
const FIELDS = [
  'evt.type',
  'evt.res',
  'evt.arg.flags',
  'evt.arg.mode',
  'evt.arg.name',
  'evt.arg.path',
  'evt.arg.filename',
  'evt.arg.target',
  'evt.arg.linkpath',
  'evt.arg.oldpath',
  'evt.arg.newpath',
  'evt.arg.domain',
  'evt.arg.request',
  'evt.is_open_read',
  'evt.is_open_write',
  'proc.name',
  'proc.exe',
  'proc.cmdline',
  'proc.exepath',
  'proc.pname',
  'proc.tty',
  'proc.is_exe_writable',
  'proc.is_exe_upper_layer',
  'proc.is_exe_lower_layer',
  'proc.is_exe_from_memfd',
  'thread.cap_effective',
  'thread.cap_permitted',
  'user.uid',
  'group.gid',
  'user.loginuid',
  'fd.name',
  'fd.type',
  'fd.typechar',
  'fd.l4proto',
  'fd.sip',
  'fd.sport',
  'container.id',
  'container.name',
  'container.type',
  'container.image.repository',
  'container.image.tag',
  'container.privileged',
  'k8s.pod.name',
  'k8s.ns.name',
];

/** When the parent of a vfork wakes up is a matter of chance. */
const WHERE = 'container.id != host and not (evt.type = vfork and evt.rawres > 0)';

/** Said otherwise by the recorder's stand-in for a runtime, or chosen by chance. */
function alike(field: string, text: string): string {
  if (field === 'proc.pname') return text.replace('containerd-shim', 'runc');
  // The recording was made in a machine that had no CAP_SYS_RESOURCE to give.
  if (field.startsWith('thread.cap')) return text.replace('CAP_SYS_RESOURCE ', '');
  // A client's address and port are those of the machine that recorded.
  return text.replace(/\d+\.\d+\.\d+\.\d+:\d{5}->/, '').replace(/^nginx: (master|worker) proces$/, 'nginx: $1 process');
}

function eventsOf(feed: (sink: TraceSink) => void): string[][] {
  const found: string[][] = [];
  const { query, diagnostics } = readQuery(WHERE, FIELDS);
  if (query === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const filtering = new Filtering(query, {
    onEvent: ({ texts }) => found.push(FIELDS.map((field) => alike(field, texts.get(field) ?? ''))),
  });
  feed(filtering);
  return found;
}

function recorded(technique: string, side: Side = 'fires'): string[][] {
  const bytes = gunzipSync(readFileSync(join(CONFORMANCE, 'technique', technique, `${side}.scap.gz`)));
  return eventsOf((sink) => {
    const reader = new ScapReader(sink);
    reader.push(bytes);
    reader.end();
  });
}

/** The differences between an event and the recorded one that is most like it. */
function nearestDifference(event: readonly string[], candidates: readonly (readonly string[])[]): string[] {
  const differences = candidates
    .filter((candidate) => candidate[0] === event[0])
    .map((candidate) =>
      FIELDS.flatMap((field, i) =>
        event[i] === candidate[i] ? [] : [`${field}: played ${event[i]}, recorded ${candidate[i]}`],
      ),
    );
  return differences.sort((a, b) => a.length - b.length)[0] ?? [`${event[0]} was not recorded any more`];
}

describeConformance('stories beside real recordings', () => {
  const cases = readCases<{ technique: string; scenario: string }>('fidelity.yaml');
  it.each(cases)('$technique: every event played was recorded, in this order, with the same fields', (example) => {
    const { scenario, diagnostics } = readScenario(new Source('story', example.scenario));
    expect(diagnostics).toEqual([]);
    if (scenario === undefined) return;
    const played = eventsOf((sink) => void play(scenario, sink));
    const real = recorded(example.technique);
    let at = 0;
    for (const event of played) {
      const found = real.findIndex(
        (candidate, i) => i >= at && candidate.every((text, field) => text === event[field]),
      );
      if (found === -1) expect([event.slice(0, 30), nearestDifference(event, real.slice(at))]).toEqual('recorded');
      at = found + 1;
    }
    expect(played.length).toBeGreaterThan(2);
  });

  it('of the events of all techniques that are told, more than nine in ten were recorded in this order with the same fields', () => {
    let events = 0;
    let found = 0;
    for (const { technique, side } of toldTechniques()) {
      const { scenario } = readScenario(new Source(technique, scenarioOf(technique, side)));
      if (scenario === undefined) throw new Error(`${technique} can't be played`);
      const real = recorded(technique, side);
      let at = 0;
      for (const event of eventsOf((sink) => void play(scenario, sink))) {
        events++;
        const place = real.findIndex((other, i) => i >= at && other.every((text, field) => text === event[field]));
        if (place === -1) continue;
        found++;
        at = place + 1;
      }
    }
    expect(events).toBeGreaterThan(2_000);
    expect(found / events).toBeGreaterThan(0.9);
  });
});
