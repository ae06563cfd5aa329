import { describe, expect, it } from 'vitest';
import { EVENT_FLAG, EVENT_TYPES } from '../../../engine/model/event-types.ts';
import { selectionText } from '../../../agent/loader-process.ts';
import { tableHeader } from '../../../agent/table/table-header.ts';
import { hasOwnEvent, ROWS_BY_NAME, TABLE } from '../../../agent/table/table.ts';

/** Syscalls of other machines, events of no syscall, and what x86-64 does by another name. */
const NOT_ON_X86_64 = new Set(
  (
    'mmap2 send recv llseek stat64 lstat64 fstat64 umount container asyncevent procexit ' +
    'pluginevent syscall switch drop notification infra signaldeliver page_fault'
  ).split(' '),
);

/** Told by their numbers so far: plans name the rules that miss them. */
const NOT_YET = ['keyctl'];

describe('the table of syscalls', () => {
  it('has an event of its own for every syscall of x86-64 that scap has one for', () => {
    const made = new Set([...ROWS_BY_NAME.values()].filter(hasOwnEvent).map((row) => row.code));
    const missing = EVENT_TYPES.filter(
      ({ code, flags, symbol }) =>
        code % 2 === 1 &&
        (flags & (EVENT_FLAG.UNUSED | EVENT_FLAG.OLD_VERSION)) === 0 &&
        !made.has(code) &&
        /^(SYSCALL|SOCKET)_/.test(symbol),
    );
    expect(
      missing
        .map(({ name }) => name)
        .filter((name) => !NOT_ON_X86_64.has(name))
        .toSorted(),
    ).toEqual(NOT_YET);
  });

  it('names the syscall for every other number', () => {
    expect(TABLE[24]?.symbol).toBe('GENERIC_X');
    expect(TABLE[24]?.syscall).toBe('sched_yield');
    expect(TABLE[500]).toBeUndefined();
  });

  it('is written for the kernel part with as many steps as that takes', () => {
    const header = tableHeader();
    expect(header).toContain('#define SYSCALL_EXECVE 59');
    expect(header).toMatch(/\[257\] = \{1, 0, \{\{1, 1, 0\}, \{6, 15, 0\}\}\}, \/\* openat \*\//);
    expect(header).toMatch(/\[511\] = \{5, 1, \{\}\}, \/\* procexit \*\//);
  });

  it('selects syscalls by a bit each', () => {
    expect(selectionText([]).length).toBe(128);
    expect(selectionText([0, 9, 511])).toBe(`0102${'00'.repeat(61)}80`);
  });
});
