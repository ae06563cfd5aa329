import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { hasOwnEvent, ROWS_BY_NAME } from '../../../agent/table/table.ts';
import type { Event } from '../../../engine/model/event.ts';
import { paramOf, readCapture } from './capture.ts';
import { describeRecording, inFolder, recordingTo } from './recorder.ts';

type Argument = number | string | { bytes: string } | { zeros: number } | { result: string };

interface Call {
  readonly call: string;
  readonly args: readonly Argument[];
  readonly as?: string;
  readonly gives?: Readonly<Record<string, number | string | { result: string }>>;
}

/** Made by other tests: a raw vfork would return twice on one stack. */
const ELSEWHERE = ['vfork'];
/** Events whose first parameter is not the call's result. */
const WITHOUT_RESULT = new Set(['GENERIC_X', 'SOCKET_GETSOCKNAME_X', 'SOCKET_GETPEERNAME_X']);
const CALLS = load(readFileSync(new URL('../../cases/agent/calls.yaml', import.meta.url), 'utf8')) as readonly Call[];

/** The calls with the folder in which they are made in place of the word for it. */
function callsIn(folder: string): readonly Call[] {
  return JSON.parse(JSON.stringify(CALLS).replaceAll('/creance-t', folder)) as readonly Call[];
}

describeRecording('a recording of every supported syscall', () => {
  it('has a call for each syscall that has an event of its own', () => {
    const called = new Set(CALLS.map(({ call }) => call));
    const own = [...ROWS_BY_NAME.values()].filter(hasOwnEvent).map((row) => row.syscall);
    expect(own.filter((name) => !called.has(name) && !ELSEWHERE.includes(name))).toEqual([]);
  });

  it('tells each call exactly once, in order, with the arguments and the result that the caller had', async () => {
    await inFolder(async (folder) => {
      const place = join(folder, 't');
      mkdirSync(place);
      const program = join(folder, 'caller');
      execFileSync('cc', ['-O1', '-o', program, new URL('caller.c', import.meta.url).pathname]);
      const calls = callsIn(place);
      const recording = recordingTo(join(folder, 'calls.scap'));
      await recording.start();
      const [pid = 0, ...results] = execFileSync(program, { input: calls.map(lineOf).join(''), cwd: place })
        .toString()
        .trim()
        .split('\n')
        .map(Number);
      const summary = await recording.stop();
      expect(summary.gaps).toEqual([]);

      const events = readCapture(join(folder, 'calls.scap'), (event) => event.tid === pid).events;
      const told = windowOf(events, calls.length);
      expect(told.map(nameOf)).toEqual(calls.map(({ call }) => nameIn(call)));
      const wrong = calls.flatMap((call, i) => differences(call, told[i] as Event, results, calls, i));
      expect(wrong).toEqual([]);
    });
  });
});

/** The caller's calls: from the first open, and as many as it makes. */
function windowOf(events: readonly Event[], count: number): readonly Event[] {
  const first = events.findIndex((event) => event.info.symbol === 'SYSCALL_OPEN_X');
  return events.slice(first, first + count);
}

function nameOf(event: Event): string {
  return event.info.symbol === 'GENERIC_X' ? `generic ${paramOf(event, 'nativeID')}` : event.info.symbol;
}

function nameIn(call: string): string {
  const row = ROWS_BY_NAME.get(call);
  if (row === undefined) throw new Error(`no syscall ${call}`);
  return hasOwnEvent(row) ? row.symbol : `generic ${row.number}`;
}

function differences(
  { call, gives = {} }: Call,
  event: Event,
  results: readonly number[],
  calls: readonly Call[],
  place: number,
): string[] {
  const first = event.info.params[0]?.name ?? '';
  const wanted = Object.entries(gives).map(([name, value]) => [name, valueOf(value, results, calls)] as const);
  if (!WITHOUT_RESULT.has(event.info.symbol)) wanted.push([first, results[place] as number]);
  return wanted.flatMap(([name, value]) => {
    const got = paramOf(event, name);
    return got === value ? [] : [`${call}: ${name} is ${JSON.stringify(got)}, the caller had ${JSON.stringify(value)}`];
  });
}

function valueOf(
  value: number | string | { result: string },
  results: readonly number[],
  calls: readonly Call[],
): number | string {
  if (typeof value !== 'object') return value;
  return results[calls.findIndex(({ as }) => as === value.result)] as number;
}

/** A call as the caller reads it. */
function lineOf({ call, args }: Call): string {
  const words = args.map((argument) => {
    if (typeof argument === 'number') return `i${argument}`;
    if (typeof argument === 'string') return `x${Buffer.from(`${argument}\0`).toString('hex')}`;
    if ('zeros' in argument) return `m${argument.zeros}`;
    if ('bytes' in argument) return `x${argument.bytes}`;
    return `r${CALLS.findIndex(({ as }) => as === argument.result)}`;
  });
  return `${ROWS_BY_NAME.get(call)?.number} ${words.join(' ')}\n`;
}
