import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { Event } from '../../engine/model/event.ts';
import { EVENT_FLAG, EVENT_TYPES } from '../../engine/model/event-types.ts';
import { readEventJson } from '../../engine/trace/jsonl/event-json.ts';
import { LineProblem } from '../../engine/trace/jsonl/json-node.ts';
import { parseJsonLine } from '../../engine/trace/jsonl/json-parser.ts';
import { NEED, NEEDS, Upgrader } from '../../engine/trace/scap/upgrader.ts';
import { upgradeOf } from '../../engine/trace/scap/upgrade-steps.ts';
import { UPGRADE_ROWS } from '../../engine/trace/scap/upgrade-table.ts';
import { readScap, writeJsonl, writeScap } from './reading.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';

interface Line {
  num?: number;
  time?: number;
  tid?: number;
  type: string;
  params: Record<string, unknown>;
}

interface Case {
  name: string;
  in: Line[];
  out: Line[];
  codes?: string[];
}

const cases = load(readFileSync(new URL('../cases/trace/upgrades.yaml', import.meta.url), 'utf8')) as Case[];

/** An event as it is written, of any age: nothing upgrades it. */
function oldEvent(line: Line): Event {
  const problem = new LineProblem();
  const event = new Event();
  const json = JSON.stringify({ time: 1, tid: 1, ...line });
  const node = parseJsonLine(new TextEncoder().encode(json), problem);
  if (node === undefined || !readEventJson(node, event, problem)) throw new Error(`${json}: ${problem.message}`);
  return event;
}

describe('old events', () => {
  it.each(cases)('$name', (example) => {
    const capture = writeScap((sink) => {
      sink.section();
      for (const line of example.in) sink.event(oldEvent(line));
    });
    const { codes } = readScap(capture);
    const lines = writeJsonl((sink) => {
      const reader = new ScapReader(sink);
      reader.push(capture);
      reader.end();
    });
    const events = lines
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Line);
    expect(events).toEqual(example.out.map((line) => ({ time: 1, tid: 1, cpu: 0, ...line })));
    expect(codes).toEqual(example.codes ?? []);
  });
});

describe('the table of upgrades', () => {
  it('has a row for every old exit event, whatever it is called today', () => {
    const old = EVENT_TYPES.filter(
      ({ code, flags }) =>
        code % 2 === 1 && (flags & EVENT_FLAG.OLD_VERSION) !== 0 && (flags & EVENT_FLAG.UNUSED) === 0,
    );
    expect(old.length).toBeGreaterThan(20);
    for (const { code, params, symbol } of old) expect(upgradeOf(code, params.length), symbol).toBeDefined();
  });

  it('writes no more parameters than a type has', () => {
    for (const [from, params, action, to, steps] of UPGRADE_ROWS) {
      const type = EVENT_TYPES.find(({ symbol }) => symbol === (to || from))!;
      const upgrade = upgradeOf(
        EVENT_TYPES.findIndex(({ symbol }) => symbol === from),
        params,
      )!;
      const written = upgrade.steps.length + (action === 'ADD' ? params : 0);
      expect(written, `${from} ${params} ${steps}`).toBeLessThanOrEqual(type.params.length);
    }
  });

  it('ends, for every type and every number of parameters', () => {
    for (const { code, params } of EVENT_TYPES) {
      for (let count = 0; count <= params.length; count++) {
        const event = new Event();
        event.type = code;
        event.paramCount = count;
        const upgraded = new Upgrader().apply(event);
        if (upgraded === undefined) continue;
        const need = NEEDS[upgraded.type];
        expect(need).not.toBe(NEED.DROP);
        // The entries of execve are called old in the table of today and delivered all the same.
        const isOld = (EVENT_TYPES[upgraded.type]!.flags & EVENT_FLAG.OLD_VERSION) !== 0;
        if (isOld) expect(EVENT_TYPES[upgraded.type]!.symbol).toMatch(/^SYSCALL_EXECVE(_19|AT)_E$/);
        // What the libs would have to upgrade once more would be no event of today.
        if (need !== NEED.NOTHING) expect(upgraded.paramCount).toBe(EVENT_TYPES[upgraded.type]!.params.length);
      }
    }
  });
});

describe('kept entry events', () => {
  it('are bounded, and the loss is told', () => {
    const capture = writeScap((sink) => {
      sink.section();
      for (let tid = 1; tid <= 100_000; tid++)
        sink.event(oldEvent({ tid, type: 'SYSCALL_CLOSE_E', params: { fd: tid } }));
      for (const tid of [1, 100_000]) sink.event(oldEvent({ tid, type: 'SYSCALL_CLOSE_X', params: { res: 0 } }));
    });
    const { sink, codes } = readScap(capture);
    expect(codes).toEqual(['TRACE_ENTRIES_LOST']);
    expect(sink.events.map(({ params }) => params[1])).toEqual(['0000000000000000', 'a086010000000000']);
  });
});
