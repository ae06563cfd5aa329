import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasOwnEvent, ROWS_BY_NAME } from '../../../agent/table/table.ts';
import type { Event } from '../../../engine/model/event.ts';
import { paramOf, readCapture } from './capture.ts';
import { describeRecording, inFolder, recordingTo } from './recorder.ts';

/** Pipes, files that are not there, children that end in other ways, and a file that is written, read and removed. */
const SCRIPT =
  'cd "$1"; for i in 1 2 3 4 5; do echo "line $i" >> file-$i; cat file-$i missing-$i | sort > sorted-$i; rm file-$i; done; (exit 3); exit 7';
/** Of these the value that is returned is no result of the event, or not its first parameter. */
const WITHOUT_RESULT = new Set(['GENERIC_X', 'SOCKET_GETSOCKNAME_X', 'SOCKET_GETPEERNAME_X']);

/** By the time it returns, the kernel has put the number away that says which call it was. */
const NAMELESS = 'rt_sigreturn';

function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describeRecording('a recording beside strace', () => {
  it('has every call that strace saw, in order, once, with its result, and no other', async ({ skip }) => {
    if (!hasStrace()) skip('strace is not installed');
    await inFolder(async (folder) => {
      const recording = recordingTo(join(folder, 'beside.scap'));
      await recording.start();
      const place = mkdtempSync(join(folder, 'work-'));
      const words = ['-ff', '-qq', '-e', 'signal=none', '-o', join(folder, 'log'), 'sh', '-c', SCRIPT, 'sh', place];
      try {
        execFileSync('strace', words, { stdio: 'ignore' });
      } catch {
        // The script ends with a code of its own.
      }
      rmSync(place, { recursive: true });
      const { gaps } = await recording.stop();
      expect(gaps).toEqual([]);

      const traced = new Map(
        readdirSync(folder).flatMap((name) =>
          name.startsWith('log.') ? [[Number(name.slice(4)), straceCalls(join(folder, name))] as const] : [],
        ),
      );
      const { events } = readCapture(join(folder, 'beside.scap'), ({ tid }) => traced.has(tid));
      expect(traced.size).toBeGreaterThan(15);
      expect([...traced.values()].flat().length).toBeGreaterThan(1000);
      const first = Math.min(...traced.keys());
      for (const [tid, calls] of traced) {
        const all = events.filter((event) => event.tid === tid && event.info.name !== 'procexit').map(recordedCall);
        // What strace does as the child in which the program is to run is strace's own.
        const own =
          tid === first
            ? all.slice(all.findIndex((call) => call.startsWith('SYSCALL_EXECVE')))
            : all.slice(all.findIndex(isBirth) + 1);
        expect(own, `thread ${tid}`).toEqual(calls);
      }
    });
  });
});

/** A child returns from the call that made it; strace tells that of the parent alone. */
function isBirth(call: string): boolean {
  return /^SYSCALL_(CLONE|CLONE3|FORK|VFORK)_\w* 0$/.test(call);
}

/** `EVENT RESULT` for each call that returned; a failed one's result is -1. */
function straceCalls(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name = '', result = ''] = /^(\w+)\(.*\)\s+= (-?\w+)/.exec(line) ?? [];
      const row = ROWS_BY_NAME.get(name);
      if (row === undefined || name === NAMELESS) return [];
      if (!hasOwnEvent(row)) return [`generic ${row.number}`];
      return [WITHOUT_RESULT.has(row.symbol) ? row.symbol : `${row.symbol} ${Number(result)}`];
    });
}

function recordedCall(event: Event): string {
  const { symbol, params } = event.info;
  if (symbol === 'GENERIC_X') return `generic ${paramOf(event, 'nativeID')}`;
  if (WITHOUT_RESULT.has(symbol)) return symbol;
  return `${symbol} ${Math.max(-1, Number(paramOf(event, params[0]?.name ?? '')))}`;
}
