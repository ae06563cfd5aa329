import { byteString, type ByteString } from '../../engine/model/byte-string.ts';
import type { ProcessEntry } from '../../engine/model/snapshot.ts';
import { PATH, PROCESS, SECTION } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { groupNames, pathBytes } from '../table/processes.ts';

/** `PPM_CL_THREAD` and `PPM_CL_FILES`: what a capture says of every thread but the first of a process. */
export const THREAD_FLAGS = 8193;
const EXE = { WRITABLE: 1, UPPER_LAYER: 2, FROM_MEMFD: 4, LOWER_LAYER: 8 };

/** What all threads of a process share. */
export type ProgramEntry = Pick<ProcessEntry, 'exe' | 'exepath' | 'args' | 'cwd' | 'root' | 'cgroups'>;

/** The program of a process, from the record of its first thread. */
export function programEntry(record: Record): ProgramEntry {
  const [exe = '', ...args] = texts(record, SECTION.ARGS);
  return {
    exe,
    args,
    exepath: path(record, PATH.EXE),
    cwd: withSlash(path(record, PATH.CWD)),
    root: path(record, PATH.ROOT) || '/',
    cgroups: groupNames(record),
  };
}

/** The entry of a thread; undefined for a record without its numbers. */
export function threadEntry(record: Record, program: ProgramEntry): ProcessEntry | undefined {
  const at = record.process;
  if (at === -1) return undefined;
  const id = (offset: number) => record.uint32(at + offset);
  const wide = (offset: number) => record.uint64(at + offset);
  const exeFlags = id(PROCESS.EXE_FLAGS);
  const comm = record.fixedText(at + PROCESS.COMM, PROCESS.COMM_BYTES);
  const isMain = record.tid === record.pid;
  return {
    ...program,
    exe: program.exe === '' ? comm : program.exe,
    tid: record.tid,
    pid: record.pid,
    ptid: id(PROCESS.PTID),
    sid: id(PROCESS.SID),
    pgid: id(PROCESS.PGID),
    vpgid: id(PROCESS.VPGID),
    vtid: id(PROCESS.VTID),
    vpid: id(PROCESS.VPID),
    comm,
    env: isMain ? texts(record, SECTION.ENV) : [],
    fdLimit: wide(PROCESS.FD_LIMIT),
    flags: isMain ? 0 : THREAD_FLAGS,
    uid: id(PROCESS.UID),
    gid: id(PROCESS.GID),
    loginuid: id(PROCESS.LOGINUID),
    vmSize: id(PROCESS.VM_SIZE),
    vmRss: id(PROCESS.VM_RSS),
    vmSwap: id(PROCESS.VM_SWAP),
    majorFaults: wide(PROCESS.MAJOR_FAULTS),
    minorFaults: wide(PROCESS.MINOR_FAULTS),
    exeWritable: (exeFlags & EXE.WRITABLE) !== 0,
    exeUpperLayer: (exeFlags & EXE.UPPER_LAYER) !== 0,
    exeLowerLayer: (exeFlags & EXE.LOWER_LAYER) !== 0,
    exeFromMemfd: (exeFlags & EXE.FROM_MEMFD) !== 0,
    capInheritable: wide(PROCESS.CAP_INHERITABLE),
    capPermitted: wide(PROCESS.CAP_PERMITTED),
    capEffective: wide(PROCESS.CAP_EFFECTIVE),
    exeInode: wide(PROCESS.EXE_INODE),
    exeCtime: wide(PROCESS.EXE_CTIME),
    exeMtime: wide(PROCESS.EXE_MTIME),
    pidnsInitStart: wide(PROCESS.PIDNS_START),
    tty: id(PROCESS.TTY),
  };
}

function path(record: Record, which: number): ByteString {
  return byteString(pathBytes(record, record.find(SECTION.PATH, which)));
}

function withSlash(text: ByteString): ByteString {
  return text.endsWith('/') ? text : `${text}/`;
}

function texts(record: Record, tag: number): ByteString[] {
  const section = record.find(tag, 0);
  const all = section === -1 ? '' : record.text(section);
  if (all === '' || all === '\0') return [];
  return (all.endsWith('\0') ? all.slice(0, -1) : all).split('\0');
}
