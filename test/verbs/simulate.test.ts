import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TargetEncoding } from '../../engine/convert.ts';
import type { Event } from '../../engine/model/event.ts';
import { Source } from '../../engine/model/source.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { play } from '../../engine/scenario/play.ts';
import type { ScenarioCase } from '../../engine/scenario/read-cases.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { simulate } from '../../engine/simulate.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { foldersWith } from '../library.ts';
import { STORIES, tellingsOf, traceOf } from '../stories.ts';

const scenarios = new URL('../../scenarios/', import.meta.url);
const folders = foldersWith('scenario');

function sourceOf(folder: string): Source {
  return new Source('scenario.yaml', readFileSync(new URL(`${folder}/scenario.yaml`, scenarios), 'utf8'));
}

function bytesOf(source: Source, to: TargetEncoding): Buffer {
  const chunks: Uint8Array[] = [];
  expect(simulate(source, to, (bytes) => chunks.push(bytes)).diagnostics).toEqual([]);
  return Buffer.concat(chunks);
}

/** Everything that a sink hears, as text. */
function heard(feed: (sink: TraceSink) => void): string[] {
  const lines: string[] = [];
  const say = (...parts: unknown[]): void =>
    void lines.push(JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)));
  feed({
    section: () => say('section'),
    machine: (machine) => say('machine', machine),
    interfaces: (list) => say('interfaces', list),
    users: (users, groups) => say('users', users, groups),
    process: (entry) => say('process', entry),
    files: (tid, entries) => say('files', tid, entries),
    event: (event) =>
      say('event', event.num, event.time(), event.tid, event.cpu, event.info.symbol, parametersOf(event)),
  });
  return lines;
}

function parametersOf(event: Event): string[] {
  return Array.from({ length: event.paramCount }, (_, i) => Buffer.from(event.data(i)).toString('hex'));
}

function readBack(bytes: Uint8Array): string[] {
  return heard((sink) => {
    const reader = new DetectingReader(sink);
    reader.push(bytes);
    reader.end();
    expect(reader.diagnostics).toEqual([]);
  });
}

describe('simulate', () => {
  it.each(STORIES)('%s: gives the same bytes every time, in every encoding', (story) => {
    const tellings = tellingsOf(story);
    expect(tellings.length).toBeGreaterThan(0);
    const again = tellingsOf(story);
    tellings.forEach((telling, i) => {
      for (const to of ['scap', 'jsonl', 'compat'] as const) {
        expect(traceOf(telling, to).equals(traceOf(again[i] as ScenarioCase, to))).toBe(true);
      }
    });
  });

  it.each(folders)('%s: a capture tells what was played, event for event', (folder) => {
    const { scenario } = readScenario(sourceOf(folder));
    if (scenario === undefined) throw new Error('it can be read');
    const played = heard((sink) => void play(scenario, sink));
    expect(readBack(bytesOf(sourceOf(folder), 'jsonl'))).toEqual(played);
    // A capture has no place for what a file does not have, so only its events are the same to the last digit.
    const events = (lines: string[]) => lines.filter((line) => line.startsWith('["event"'));
    expect(events(readBack(bytesOf(sourceOf(folder), 'scap')))).toEqual(events(played));
  });

  it('says which events belong to which step, and who was who', () => {
    const text = `
story: x
actors: { nginx: nginx }
steps:
  - nginx opens: /etc/passwd
  - nginx runs: sh
    as: shell
  - shell exits: 0
`;
    const { performance } = simulate(new Source('story', text), 'scap', () => undefined);
    const [first, second, third] = performance?.steps ?? [];
    expect(first).toEqual({ first: 1, last: 2 });
    expect(second?.first).toBe(3);
    expect(third).toEqual({ first: performance?.events, last: performance?.events });
    expect(performance?.pids).toEqual(
      new Map([
        ['nginx', 701],
        ['shell', 12_001],
      ]),
    );
  });

  it('writes nothing of a story that can not be played', () => {
    let written = 0;
    const source = new Source('story', 'story: x\nsteps:\n  - nobody runs: id\n');
    const { scenario, diagnostics } = simulate(source, 'scap', (bytes) => (written += bytes.length));
    expect([scenario, diagnostics.length, written]).toEqual([undefined, 1, 0]);
  });

  it('keeps time going forward', () => {
    for (const folder of folders) {
      const { scenario } = readScenario(sourceOf(folder));
      let last = 0n;
      const sink = { section() {}, machine() {}, interfaces() {}, users() {}, process() {}, files() {} };
      if (scenario !== undefined) {
        play(scenario, {
          ...sink,
          event(event) {
            expect(event.time() >= last).toBe(true);
            last = event.time();
          },
        });
      }
      expect(last > 0n).toBe(true);
    }
  });
});
