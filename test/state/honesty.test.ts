import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateEventTypes } from '../../engine/state/handlers.ts';
import { createSystem, type System } from '../../engine/state/system.ts';
import type { Thread } from '../../engine/state/thread.ts';
import { anyEvents } from './any-events.ts';
import { begin, eventOf, type EventWords } from './story.ts';

const PROCESSES = [
  { tid: 1, ptid: 0, comm: 'init' },
  { tid: 100, ptid: 1, comm: 'sh', cwd: '/home/user', env: ['A=b'] },
  { tid: 101, pid: 100, ptid: 1, comm: 'thread', flags: 8193 },
  { tid: 102, ptid: 100, comm: 'child' },
];

function started(): System {
  const system = createSystem();
  begin(system, PROCESSES, ['127.0.0.1/255.0.0.0', '10.0.0.1/255.0.0.0']);
  return system;
}

/** Everything that verdicts about a thread may depend on. */
function factsOf(system: System, thread: Thread): string {
  const line = [];
  for (let entry: Thread | undefined = thread; entry !== undefined && line.length < 12; entry = entry.parent) {
    const { main } = entry;
    line.push([entry, main, main?.parent].map((thread) => (thread === undefined ? null : ownFacts(thread))));
  }
  const container = system.containers.get(thread.containerId);
  const account = [system.accounts.user('', thread.uid), system.accounts.group('', thread.gid)];
  return JSON.stringify([line, container, account], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
}

function ownFacts(thread: Thread): unknown {
  const { tid, pid, ptid, sid, pgid, vpgid, vtid, vpid, comm, exe, exepath, args, env, cwd, root, cgroups } = thread;
  const { uid, gid, loginuid, capEffective, tty, exeInode, exeCtimeToStart, cloneTime, pidnsStartTime, containerId } =
    thread;
  const ids = [tid, pid, ptid, sid, pgid, vpgid, vtid, vpid, uid, gid, loginuid, tty, containerId];
  return [
    ids,
    comm,
    exe,
    exepath,
    args,
    env,
    cwd,
    root,
    cgroups,
    capEffective,
    exeInode,
    exeCtimeToStart,
    cloneTime,
    pidnsStartTime,
  ];
}

describe('whatever happens', () => {
  it('nothing throws, and what was not told to have changed has not', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const system = started();
        const seen = new Map<Thread, { readonly stamp: number; readonly facts: string }>();
        each(system, events, () => {
          for (const thread of system.threads.values()) {
            const stamp = system.lineStamp(thread);
            const facts = factsOf(system, thread);
            const before = seen.get(thread);
            if (before?.stamp === stamp) expect(facts).toBe(before.facts);
            seen.set(thread, { stamp, facts });
          }
        });
        expectSlotsUnique(system);
      }),
      { numRuns: 400 },
    );
  });

  it('an event that passes leaves what an applied one leaves', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const [applied, passed] = [started(), started()];
        let time = 1_700_000_000_000_000_000n;
        events.forEach((words, index) => {
          time += BigInt(words[3] ?? 0);
          const event = eventOf(words, time, index + 1);
          applied.apply(event);
          if (stateEventTypes[event.type] === 0 || index % 3 === 0) passed.pass(event);
          else passed.apply(event);
          expect(dump(passed)).toBe(dump(applied));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('the same happens the same way again', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const [first, second] = [started(), started()];
        each(first, events, () => {});
        each(second, events, () => {});
        expect(dump(second)).toBe(dump(first));
      }),
      { numRuns: 50 },
    );
  });
});

function each(system: System, events: readonly EventWords[], then: () => void): void {
  let time = 1_700_000_000_000_000_000n;
  events.forEach((words, index) => {
    time += BigInt(words[3] ?? 0);
    const moment = system.apply(eventOf(words, time, index + 1));
    void [
      moment.container,
      moment.file?.sourceIp,
      moment.file?.destPointer,
      moment.file?.role,
      moment.thread?.liveThreads,
    ];
    then();
    system.settle();
  });
}

/** All that later events can observe. */
function dump(system: System): string {
  const threads = [...system.threads.values()].map((thread) => {
    const { flags, lastEventFd, lastEnterType, children, liveThreads, dead, fdLimit, vmSize } = thread;
    const files = Array.from(
      thread.files?.values() ?? [],
      ({ fd, kind, name, openFlags, role, connected, sourcePort }) => [
        [fd, kind, name.value, openFlags, role, connected, sourcePort],
      ],
    );
    return [
      ownFacts(thread),
      flags,
      lastEventFd,
      lastEnterType,
      thread.enter?.type,
      children,
      liveThreads,
      dead,
      fdLimit,
      vmSize,
      files,
    ];
  });
  return JSON.stringify([threads, system.startTime], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
}

function expectSlotsUnique(system: System): void {
  const slots = [...system.threads.values()].map((thread) => thread.slot);
  expect(new Set(slots).size).toBe(slots.length);
  expect(Math.max(-1, ...slots)).toBeLessThan(system.threads.slots);
}
