import { statSync } from 'node:fs';
import type { ByteString } from '../../../engine/model/byte-string.ts';
import { integerOf, type Integer } from '../../../engine/model/integer.ts';
import type { ProcessEntry } from '../../../engine/model/snapshot.ts';
import type { ProgramEntry } from '../thread-entry.ts';
import { THREAD_FLAGS } from '../thread-entry.ts';
import { contents, target } from './texts.ts';

/** As much of the arguments, and of the environment, as the iterators tell. */
const TEXT_BYTES = 4096;
const DELETED = ' (deleted)';
/** Columns of `stat` behind the name, counted from the state. */
const STAT = { PARENT: 1, GROUP: 2, SESSION: 3, TERMINAL: 4, MINOR: 7, MAJOR: 9 };
/** The five control groups that captures tell, in their order. */
const CONTROLLERS = ['cpuset', 'cpu', 'cpuacct', 'io', 'memory'];
const UNKNOWN_USER = 0xffffffff;

/** What all threads of a process share, by its folder in /proc. */
export function readProgram(folder: string): ProgramEntry & { readonly env: readonly ByteString[] } {
  const [exe = '', ...args] = list(`${folder}/cmdline`);
  const cwd = target(`${folder}/cwd`) || '/';
  const path = target(`${folder}/exe`);
  return {
    exe,
    args,
    exepath: path.endsWith(DELETED) ? path.slice(0, -DELETED.length) : path,
    cwd: cwd.endsWith('/') ? cwd : `${cwd}/`,
    root: target(`${folder}/root`) || '/',
    cgroups: groups(contents(`${folder}/cgroup`)),
    env: list(`${folder}/environ`),
  };
}

/** A thread; undefined when it has ended. */
export function readThread(
  folder: string,
  pid: number,
  tid: number,
  { env, ...program }: ReturnType<typeof readProgram>,
): ProcessEntry | undefined {
  const own = `${folder}/task/${tid}`;
  const stat = contents(`${own}/stat`);
  const status = contents(`${own}/status`);
  if (stat === '' || status === '') return undefined;
  const columns = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const column = (place: number) => Number(columns[place]);
  const word = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
  const number = (name: string) => Number.parseInt(word(name), 10) || 0;
  const inner = (name: string) => Number(word(name).split(/\s+/).at(-1)) || 0;
  const second = (name: string) => Number(word(name).split(/\s+/)[1]);
  const rights = (name: string) => integerOf(BigInt(`0x${word(name) || '0'}`));
  const comm = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const isMain = pid === tid;
  return {
    ...program,
    exe: program.exe === '' ? comm : program.exe,
    tid,
    pid,
    ptid: column(STAT.PARENT),
    sid: column(STAT.SESSION),
    pgid: column(STAT.GROUP),
    vpgid: inner('NSpgid') || column(STAT.GROUP),
    vtid: inner('NSpid') || tid,
    vpid: isMain ? inner('NSpid') || pid : inner('NStgid') || pid,
    comm,
    env: isMain ? env : [],
    fdLimit: openFiles(contents(`${folder}/limits`)),
    flags: isMain ? 0 : THREAD_FLAGS,
    uid: second('Uid'),
    gid: second('Gid'),
    loginuid: loginUser(contents(`${folder}/loginuid`)),
    vmSize: number('VmSize'),
    vmRss: number('VmRSS'),
    vmSwap: number('VmSwap'),
    majorFaults: column(STAT.MAJOR),
    minorFaults: column(STAT.MINOR),
    ...layer(),
    exeFromMemfd: program.exepath.startsWith('/memfd:'),
    capInheritable: rights('CapInh'),
    capPermitted: rights('CapPrm'),
    capEffective: rights('CapEff'),
    ...file(folder),
    pidnsInitStart: 0,
    tty: column(STAT.TERMINAL),
  };
}

/** /proc does not tell on which layer of an overlay a program lies, nor simply who may write to it. */
function layer(): Pick<ProcessEntry, 'exeWritable' | 'exeUpperLayer' | 'exeLowerLayer'> {
  return { exeWritable: false, exeUpperLayer: false, exeLowerLayer: false };
}

function file(folder: string): Pick<ProcessEntry, 'exeInode' | 'exeCtime' | 'exeMtime'> {
  try {
    const { ino, ctimeNs, mtimeNs } = statSync(`${folder}/exe`, { bigint: true });
    return { exeInode: integerOf(ino), exeCtime: integerOf(ctimeNs), exeMtime: integerOf(mtimeNs) };
  } catch {
    return { exeInode: 0, exeCtime: 0, exeMtime: 0 };
  }
}

function openFiles(limits: ByteString): Integer {
  const soft = /^Max open files\s+(\w+)/m.exec(limits)?.[1] ?? '0';
  return soft === 'unlimited' ? integerOf((1n << 64n) - 1n) : Number(soft);
}

function loginUser(text: ByteString): number {
  return text === '' ? UNKNOWN_USER : Number(text);
}

/** `NAME=PATH` for each controller; those that version 1 does not have are in the group of version 2. */
function groups(text: ByteString): string[] {
  const lines = text.split('\n').map((line) => line.split(':'));
  const unified = lines
    .find(([, names]) => names === '')
    ?.slice(2)
    .join(':');
  return CONTROLLERS.flatMap((name) => {
    const own = lines.find(([, names]) => names?.split(',').includes(name === 'io' ? 'blkio' : name) === true);
    const path = own?.slice(2).join(':') ?? unified;
    return path === undefined ? [] : [`${name}=${path}`];
  });
}

function list(path: string): ByteString[] {
  const all = contents(path).slice(0, TEXT_BYTES);
  if (all === '' || all === '\0') return [];
  return (all.endsWith('\0') ? all.slice(0, -1) : all).split('\0');
}
