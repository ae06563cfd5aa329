import { describe as suite, expect, it } from 'vitest';
import { describe, DESCRIBED } from '../../engine/describe.ts';
import { EVENT_TYPES } from '../../engine/model/event-types.ts';

suite('describe', () => {
  it('tells all fields, in the order of the public table', () => {
    const fields = describe('fields');
    expect(fields.length).toBe(319);
    expect(fields[0]).toMatchObject({ name: 'evt.num', type: 'UINT64', usage: ['evt.num'], decidable: true });
    expect(fields.find(({ name }) => name === 'proc.aname')?.usage).toEqual(['proc.aname', 'proc.aname[N]']);
    expect(fields.find(({ name }) => name === 'container.mount')?.usage).toEqual([
      'container.mount[N]',
      'container.mount[KEY]',
    ]);
  });

  it('tells each event once, with the arguments that recorders write today', () => {
    const events = describe('events');
    const names = events.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('NA');
    const named = (name: string) => events.find((event) => event.name === name);
    expect(named('openat')?.params.map(({ name }) => name)).toEqual([
      'fd',
      'dirfd',
      'name',
      'flags',
      'mode',
      'dev',
      'ino',
    ]);
    expect(named('execve')?.params.map(({ name }) => name)).toContain('trusted_exepath');
    expect(named('connect')?.syscall).toBe(true);
    expect(named('procexit')).toMatchObject({ syscall: false });
    expect(named('getpgrp')).toEqual({ name: 'getpgrp', syscall: true, params: [] });
  });

  it('leaves out no event that a rule can name', () => {
    const names = new Set(describe('events').map(({ name }) => name));
    const usable = EVENT_TYPES.filter(({ name, code }) => name !== 'NA' && code > 1).map(({ name }) => name);
    // Half of a pair that no recorder ever wrote.
    expect(usable.filter((name) => !names.has(name))).toEqual([]);
  });

  it('tells the words of which flags are made', () => {
    const flags = describe('events')
      .find(({ name }) => name === 'openat')
      ?.params.find(({ name }) => name === 'flags');
    expect(flags).toMatchObject({ type: 'FLAGS32', values: expect.arrayContaining(['O_CREAT', 'O_RDWR']) });
  });

  it('tells operators, modifiers and transformers, each with what it does', () => {
    const operators = describe('operators');
    const kinds = new Map(operators.map(({ word, kind, takes }) => [word, [kind, takes]]));
    expect(kinds.get('startswith')).toEqual(['operator', 'text']);
    expect(kinds.get('anyof')).toEqual(['modifier', 'list']);
    expect(kinds.get('toupper')).toEqual(['transformer', undefined]);
    expect(operators.every(({ description }) => description !== '')).toBe(true);
  });

  it('is plain data', () => {
    for (const what of DESCRIBED) expect(JSON.parse(JSON.stringify(describe(what)))).toBeInstanceOf(Array);
  });
});
