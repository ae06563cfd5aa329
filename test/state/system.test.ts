import { describe, expect, it } from 'vitest';
import { byteString } from '../../engine/model/byte-string.ts';
import { MAX_THREADS } from '../../engine/model/limits.ts';
import type { FileEntry } from '../../engine/model/snapshot.ts';
import { createSystem, type System } from '../../engine/state/system.ts';
import { processEntry } from './process-words.ts';
import { hostBytes } from './socket-words.ts';
import { begin, eventOf, type EventWords } from './story.ts';

const call: EventWords = ['GENERIC_X', 100, [0, 0]];
let time = 1_700_000_000_000_000_000n;
const happen = (system: System, words: EventWords, num = 1) => system.apply(eventOf(words, (time += 1000n), num));

function socketEntry(fd: number, kind: 'ipv4' | 'ipv6' | 'ipv4-server', source: string, dest = '0.0.0.0 0'): FileEntry {
  const [ip, port] = source.split(' ') as [string, string];
  const [otherIp, otherPort] = dest.split(' ') as [string, string];
  const plain = { inode: 1, kindCode: 3, name: '', openFlags: 0, device: 0, l4: 2, sourcePointer: 0, destPointer: 0 };
  const ends = { sourceIp: byteString(hostBytes(ip)), destIp: byteString(hostBytes(otherIp)) };
  return { ...plain, ...ends, fd, kind, sourcePort: Number(port), destPort: Number(otherPort) };
}

describe('a snapshot', () => {
  it('gives sockets their direction once all of them are known', () => {
    const system = createSystem();
    begin(system, [{ tid: 100 }, { tid: 200 }]);
    system.addFiles(100, [
      socketEntry(3, 'ipv4', '10.0.0.1 80', '9.9.9.9 5555'),
      socketEntry(4, 'ipv4', '10.0.0.1 4444', '8.8.8.8 53'),
    ]);
    system.addFiles(200, [socketEntry(5, 'ipv4-server', '0.0.0.0 80')]);
    happen(system, call);
    const files = [100, 200].flatMap((tid) => [...system.threads.get(tid)!.files!.values()]);
    expect(files.map(({ name, role }) => [name.value, role])).toEqual([
      ['9.9.9.9:5555->10.0.0.1:80', 'server'],
      ['10.0.0.1:4444->8.8.8.8:53', 'client'],
      ['0.0.0.0:80', undefined],
    ]);
  });

  it('shows mapped pairs as IPv4 and leaves the role of IPv6 open', () => {
    const system = createSystem();
    begin(system, [{ tid: 100 }]);
    system.addFiles(100, [
      socketEntry(3, 'ipv6', '::ffff:a00:1 1', '::ffff:101:101 2'),
      socketEntry(4, 'ipv6', '2001:db8::1 1', '2001:db8::2 2'),
    ]);
    happen(system, call);
    const files = [...system.threads.get(100)!.files!.values()];
    expect(files.map(({ name, role, kind, connected }) => [name.value, role, kind, connected])).toEqual([
      ['10.0.0.1:1->1.1.1.1:2', 'client', 'ipv4', true],
      ['2001:db8::1:1->2001:db8::2:2', undefined, 'ipv6', true],
    ]);
  });

  it('ties threads whatever order they come in', () => {
    const system = createSystem();
    begin(system, [
      { tid: 101, pid: 100, ptid: 1, flags: 8193 },
      { tid: 102, ptid: 100 },
      { tid: 100 },
      { tid: 1, ptid: 0 },
    ]);
    happen(system, call);
    expect(system.threads.get(101)?.main).toBe(system.threads.get(100));
    expect(system.threads.get(102)?.parent).toBe(system.threads.get(100));
    expect(system.threads.get(100)).toMatchObject({ liveThreads: 2, children: 1, cwd: '/' });
    expect(system.threads.get(101)?.cwd).toBe('');
  });

  it('knows root, even without a list of accounts', () => {
    const system = createSystem();
    begin(system, [{ tid: 100, uid: 0, gid: 0 }]);
    happen(system, call);
    expect(system.accounts.user('', 0)).toMatchObject({ name: 'root', home: '/root', shell: '<NA>' });
    expect(system.accounts.group('', 0)?.name).toBe('root');
    expect(system.accounts.user('box', 0)).toBeUndefined();
  });

  it("takes the list's word over that of events before it", () => {
    const system = createSystem();
    begin(system, [{ tid: 100 }]);
    system.setAccounts(
      [{ uid: 5, gid: 5, name: 'listed', home: '/l', shell: '/bin/sh' }],
      [{ gid: 5, name: 'listed' }],
    );
    happen(system, ['USER_ADDED_E', -1, [5, 5, 'early', '/e', '/bin/e', '']]);
    happen(system, call);
    happen(system, ['USER_ADDED_E', -1, [6, 6, 'late', '/e', '/bin/e', '']]);
    happen(system, ['USER_ADDED_E', -1, [7, 7, 'inside', '/e', '/bin/e', 'box']]);
    happen(system, ['GROUP_DELETED_E', -1, [5, 'listed', '']]);
    expect([5, 6].map((uid) => system.accounts.user('', uid)?.name)).toEqual(['listed', 'late']);
    expect(system.accounts.user('box', 7)).toBeUndefined();
    expect(system.accounts.group('', 5)).toBeUndefined();
  });
});

describe('a further section', () => {
  it("begins with no threads and keeps accounts; it doesn't ask for containers", () => {
    const system = createSystem();
    const docker = [`cpu=/docker/${'a'.repeat(64)}`];
    begin(system, [{ tid: 100, cgroups: docker }]);
    system.setAccounts([{ uid: 5, gid: 5, name: 'kept', home: '/', shell: '/' }], []);
    happen(system, call);
    expect(system.threads.get(100)?.containerId).toBe('a'.repeat(12));
    begin(system, [{ tid: 200, cgroups: docker }]);
    const { visible } = happen(system, ['GENERIC_X', 200, [0, 0]]);
    expect(visible).toBe(true);
    expect(system.threads.get(100)).toBeUndefined();
    expect(system.threads.get(200)?.containerId).toBe('');
    expect(system.accounts.user('', 5)?.name).toBe('kept');
  });

  it('counts time from its own first event, news aside', () => {
    const system = createSystem();
    begin(system, [{ tid: 100 }]);
    happen(system, ['USER_ADDED_E', -1, [5, 5, 'x', '/', '/', '']]);
    expect(system.startTime).toBe(0n);
    happen(system, call);
    const first = system.startTime;
    happen(system, call);
    expect(system.startTime).toBe(first);
    begin(system, [{ tid: 100 }]);
    happen(system, call);
    expect(system.startTime).toBeGreaterThan(first);
  });

  it('knows when the machine was started, which Falco forgets in the first', () => {
    const system = createSystem();
    const machine = { cpus: 1, memoryBytes: 1, maxPid: 1, hostname: 'h', bootTime: 77n, flags: 0 };
    system.beginSection();
    system.setMachine(machine);
    happen(system, call);
    expect([system.bootTime, system.machine]).toEqual([0n, machine]);
    system.beginSection();
    system.setMachine(machine);
    expect(system.bootTime).toBe(77n);
  });
});

describe('addresses of the machine', () => {
  const local = (system: System, ip: string, tid: number) =>
    system.isLocal(byteString(hostBytes(ip)), system.threads.get(tid)!);
  const json = (ip: string) => JSON.stringify({ container: { id: 'a'.repeat(12), ip } });
  function machine(): System {
    const system = createSystem();
    begin(
      system,
      [{ tid: 100 }, { tid: 200, cgroups: [`cpu=/docker/${'a'.repeat(64)}`] }],
      ['10.0.0.1/255.0.0.0', '2001:db8::1/ffff:ffff::'],
    );
    happen(system, call);
    return system;
  }

  it('are those of its interfaces, for IPv6 their whole network', () => {
    const system = machine();
    expect(['10.0.0.1', '10.0.0.2', '2001:db8::77', '2001:db9::1'].map((ip) => local(system, ip, 100))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("in a container are the container's own and the machine's, if its own is known", () => {
    const system = machine();
    happen(system, ['CONTAINER_JSON_2_E', -1, [json('172.17.0.2')]], 7);
    expect(['172.17.0.2', '10.0.0.1', '2001:db8::1', '9.9.9.9'].map((ip) => local(system, ip, 200))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('in a container whose address is not known are those of other containers', () => {
    const system = machine();
    happen(system, ['CONTAINER_JSON_2_E', -1, [JSON.stringify({ container: { id: 'other', ip: '172.17.0.9' } })]], 7);
    expect(['172.17.0.9', '10.0.0.1'].map((ip) => local(system, ip, 200))).toEqual([true, false]);
  });
});

describe('bounds', () => {
  it('no more threads are known than Falco would know', () => {
    const system = createSystem();
    system.beginSection();
    for (let tid = 1; tid <= MAX_THREADS + 5; tid++) system.addProcess(processEntry({ tid, comm: 'x' }));
    expect(system.threads.size).toBe(MAX_THREADS);
    const moment = happen(system, ['GENERIC_X', MAX_THREADS + 1, [0, 0]]);
    expect(moment.thread).toBeUndefined();
    expect(
      happen(system, ['SYSCALL_CLONE_20_X', MAX_THREADS + 2, [0, 'x', [], MAX_THREADS + 2, MAX_THREADS + 2, 1]]).thread,
    ).toBeUndefined();
  });

  it('a loop of parents ends', () => {
    const system = createSystem();
    begin(system, [
      { tid: 100, ptid: 101 },
      { tid: 101, ptid: 100 },
      { tid: 102, ptid: 100 },
    ]);
    happen(system, call);
    const thread = system.threads.get(102)!;
    expect(system.lineStamp(thread)).toBe(system.clock.now);
    happen(system, ['PROCEXIT_1_E', 100, [0, 0, 0, 0, null]]);
    happen(system, call);
    expect(thread.ptid).toBe(0);
  });
});
