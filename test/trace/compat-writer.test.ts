import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEvent, type ParamInput } from '../../engine/model/event-builder.ts';
import { EVENT_FLAG, EVENT_TYPES } from '../../engine/model/event-types.ts';
import { CompatWriter } from '../../engine/trace/scap/compat/compat-writer.ts';
import { isOldType, OLD_PARAM_COUNTS } from '../../engine/trace/scap/compat/old-reader.ts';
import { tellingOf } from '../../engine/trace/scap/compat/twins.ts';
import { UPGRADE_ROWS } from '../../engine/trace/scap/upgrade-table.ts';
import { upgradeOf } from '../../engine/trace/scap/upgrade-steps.ts';
import { arbitraryTrace } from './arbitrary-trace.ts';
import { joined } from './block-bytes.ts';
import { readScap } from './reading.ts';
import { RecordingSink } from './recording-sink.ts';

const EVENT_BLOCKS = [0x216, 0x221];
const FLAGGED_BLOCK = 0x217;
const TYPE_AT = 10 + 20;

/** What is written of some events: the types of the blocks in order, `!` before one that changes the state only. */
function written(...events: readonly [symbol: string, tid: number, params: readonly ParamInput[]][]) {
  const chunks: Uint8Array[] = [];
  const writer = new CompatWriter((bytes) => void chunks.push(bytes));
  writer.section();
  for (const [symbol, tid, params] of events) writer.event(buildEvent(symbol, { time: 1n, tid }, params));
  writer.end();
  const bytes = joined(...chunks);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const types: string[] = [];
  for (let at = 0; at < bytes.length; at += view.getUint32(at + 4, true)) {
    const block = view.getUint32(at, true);
    if (EVENT_BLOCKS.includes(block)) types.push(EVENT_TYPES[view.getUint16(at + TYPE_AT, true)]!.symbol);
    if (block === FLAGGED_BLOCK) types.push(`!${EVENT_TYPES[view.getUint16(at + TYPE_AT + 4, true)]!.symbol}`);
  }
  return { types, bytes, diagnostics: writer.diagnostics };
}

describe('a capture for old readers', () => {
  it.each<[string, [string, number, ParamInput[]][], string[]]>([
    ['has an entry before each exit', [['SYSCALL_CLOSE_X', 5, [0, 3]]], ['SYSCALL_CLOSE_E', 'SYSCALL_CLOSE_X']],
    [
      'keeps the entry that the trace has, whatever other threads do in between',
      [
        ['SOCKET_CONNECT_E', 5, [3, undefined]],
        ['SYSCALL_CLOSE_X', 6, [0, 3]],
        ['SOCKET_CONNECT_X', 5, [0, undefined, 3, undefined]],
      ],
      ['SOCKET_CONNECT_E', 'SYSCALL_CLOSE_E', 'SYSCALL_CLOSE_X', 'SOCKET_CONNECT_X'],
    ],
    [
      'makes an entry anew that lacks its path',
      [
        ['SYSCALL_CREAT_E', 5, [undefined, undefined]],
        ['SYSCALL_CREAT_X', 5, [3, '/tmp/x', 0, 0, 0, 0]],
      ],
      ['SYSCALL_CREAT_E', 'SYSCALL_CREAT_X'],
    ],
    ['has no entry of a child', [['SYSCALL_CLONE_20_X', 9, [0, 'sh']]], ['SYSCALL_CLONE_20_X']],
    ['has one of its parent', [['SYSCALL_CLONE_20_X', 8, [9, 'sh']]], ['SYSCALL_CLONE_20_E', 'SYSCALL_CLONE_20_X']],
    ['tells dup2 as dup', [['SYSCALL_DUP2_X', 5, [1, 3, 1]]], ['SYSCALL_DUP_E', 'SYSCALL_DUP_X']],
    [
      'tells a younger syscall as a plain one, and for the state as it is',
      [['SYSCALL_PRCTL_X', 5, [0, 15, 'name', 0]]],
      ['GENERIC_E', '!SYSCALL_PRCTL_X', 'GENERIC_X'],
    ],
    [
      'tells news of the container plugin as a container event',
      [['ASYNCEVENT_E', 0, [0, 'container', '{"container":{"id":"0123456789ab"}}']]],
      ['CONTAINER_JSON_2_E'],
    ],
    ['keeps news that only readers of today know', [['USER_ADDED_E', -1, [1, 1, 'a']]], ['USER_ADDED_E']],
    ['keeps what was never an exit', [['PROCEXIT_1_E', 5, [0, 0, 0, 0, 0]]], ['PROCEXIT_1_E']],
  ])('%s', (_, events, types) => {
    expect(written(...events).types).toEqual(types);
  });

  it('never names a syscall beyond the table of an old reader', () => {
    const { bytes } = written(['SYSCALL_MEMFD_CREATE_X', 5, [3, 'x', 0]], ['GENERIC_X', 5, [442, 281]]);
    const { sink } = readScap(bytes);
    const numbers = sink.events.filter(({ type }) => type === 'GENERIC_X');
    expect(numbers.map(({ params }) => params)).toEqual([
      ['0000', '3f01'],
      ['0000', '1901'],
    ]);
  });

  it('says how many events old readers do not see as they are', () => {
    const { diagnostics } = written(
      ['SYSCALL_PRCTL_X', 5, [0, 15, 'name', 0]],
      ['SYSCALL_PRCTL_X', 5, [0, 15, 'name', 0]],
      ['USER_ADDED_E', -1, [1, 1, 'a']],
    );
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'TRACE_NOT_IN_OLD 2 events are written as plain syscall events, since readers of 2022 know no others for them: 2 prctl',
      'TRACE_NOT_IN_OLD 1 events are of types that readers of 2022 pass over: 1 useradded',
    ]);
  });

  it.each(UPGRADE_ROWS.filter(([from, , action]) => action === 'ADD' && from.endsWith('_X')))(
    'makes the entry of %s, %d parameters, as the upgrade of old captures reads it',
    (from, count) => {
      const { code } = EVENT_TYPES.find(({ symbol }) => symbol === from)!;
      if (!isOldType(code) || (EVENT_TYPES[code - 1]!.flags & EVENT_FLAG.UNUSED) !== 0) return;
      const sources = tellingOf(code)?.enter.sources;
      upgradeOf(code, count)!.steps.forEach(({ source, index }, i) => {
        if (source === 'entry') expect(sources?.[index]).toBe(count + i);
      });
    },
  );

  it('knows no more parameters of old types than there are today', () => {
    expect(OLD_PARAM_COUNTS.every((count, type) => count <= EVENT_TYPES[type]!.params.length)).toBe(true);
  });

  it('can be read, with as many visible exits, whatever the trace holds', () => {
    fc.assert(
      fc.property(arbitraryTrace, (tell) => {
        const chunks: Uint8Array[] = [];
        const writer = new CompatWriter((bytes) => void chunks.push(bytes));
        tell(writer);
        writer.end();
        const back = readScap(joined(...chunks));
        expect(back.codes.filter((code) => code !== 'TRACE_NO_EVENTS' && code !== 'TRACE_STRANGE_EVENT')).toEqual([]);
        const told = new RecordingSink();
        tell(told);
        expect(visibleExits(back.sink)).toBe(visibleExits(told));
      }),
    );
  });
});

function visibleExits({ events }: RecordingSink): number {
  return events.filter(({ type, stateOnly }) => type.endsWith('_X') && !stateOnly).length;
}
