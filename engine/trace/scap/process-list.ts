import { MAX_SCAP_LIST_BYTES, MAX_SCAP_PATH_BYTES } from '../../model/limits.ts';
import type { ProcessEntry } from '../../model/snapshot.ts';
import type { Cursor } from './cursor.ts';

/** A process entry while its fields arrive. */
type Draft = { -readonly [Field in keyof ProcessEntry]: ProcessEntry[Field] };

/** Bytes of the tail that libs before 0.10 could write: loginuid, exe writable, three capability sets. */
const OLD_TAIL_BYTES = 29;

/**
 * Reads the next entry of a process list block.
 *
 * @param version 1 to 9: each added fields; from 9 on an entry tells its length and fields are only appended
 */
export function readProcess(cursor: Cursor, version: number): ProcessEntry {
  const start = cursor.at;
  const length = version >= 9 ? cursor.uint32() : 0;
  const draft = emptyProcess();
  readIdentity(cursor, version, draft);
  readTexts(cursor, version, draft);
  readNumbers(cursor, version, draft);
  if (length !== 0) {
    readTail(cursor, start + length, draft);
    cursor.skipTo(start + length);
  }
  return draft;
}

/** A process of which nothing is known: what a file leaves out reads like this. */
export function emptyProcess(): Draft {
  return {
    tid: 0,
    pid: 0,
    ptid: 0,
    sid: -1,
    pgid: -1,
    vpgid: -1,
    vtid: -1,
    vpid: -1,
    comm: '',
    exe: '',
    exepath: '',
    args: [],
    env: [],
    cwd: '',
    root: '',
    cgroups: [],
    fdLimit: 0,
    flags: 0,
    uid: 0,
    gid: 0,
    loginuid: 0xffffffff,
    vmSize: 0,
    vmRss: 0,
    vmSwap: 0,
    majorFaults: 0,
    minorFaults: 0,
    exeWritable: false,
    exeUpperLayer: false,
    exeLowerLayer: false,
    exeFromMemfd: false,
    capInheritable: 0,
    capPermitted: 0,
    capEffective: 0,
    exeInode: 0,
    exeCtime: 0,
    exeMtime: 0,
    pidnsInitStart: 0,
    tty: 0,
  };
}

function readIdentity(cursor: Cursor, version: number, draft: Draft): void {
  draft.tid = cursor.small64();
  draft.pid = cursor.small64();
  draft.ptid = cursor.small64();
  if (version >= 6) draft.sid = cursor.small64();
  if (version >= 8) draft.vpgid = cursor.small64();
}

function readTexts(cursor: Cursor, version: number, draft: Draft): void {
  draft.comm = cursor.text(MAX_SCAP_PATH_BYTES, 'comm');
  draft.exe = cursor.text(MAX_SCAP_PATH_BYTES, 'exe');
  if (version >= 7) draft.exepath = cursor.text(MAX_SCAP_PATH_BYTES, 'exepath');
  draft.args = cursor.texts(MAX_SCAP_LIST_BYTES, 'args');
  draft.cwd = cursor.text(MAX_SCAP_PATH_BYTES, 'cwd');
}

function readNumbers(cursor: Cursor, version: number, draft: Draft): void {
  draft.fdLimit = cursor.signed64();
  draft.flags = cursor.uint32();
  draft.uid = cursor.uint32();
  draft.gid = cursor.uint32();
  if (version < 2) return;
  draft.vmSize = cursor.uint32();
  draft.vmRss = cursor.uint32();
  draft.vmSwap = cursor.uint32();
  draft.majorFaults = cursor.unsigned64();
  draft.minorFaults = cursor.unsigned64();
  if (version >= 3) draft.env = cursor.texts(MAX_SCAP_LIST_BYTES, 'env');
  if (version < 4) return;
  draft.vtid = cursor.small64();
  draft.vpid = cursor.small64();
  draft.cgroups = cursor.texts(MAX_SCAP_LIST_BYTES, 'cgroups');
  if (version >= 5) draft.root = cursor.text(MAX_SCAP_PATH_BYTES, 'root');
}

/**
 * Fields that were appended over the years, each present if it still fits. Libs 0.10 put two of them in front, which
 * the number of bytes left tells.
 */
function readTail(cursor: Cursor, end: number, draft: Draft): void {
  const fits = (size: number) => cursor.at + size <= end;
  if (end - cursor.at > OLD_TAIL_BYTES) {
    if (fits(8)) draft.pidnsInitStart = cursor.unsigned64();
    if (fits(4)) draft.tty = cursor.uint32();
  }
  if (fits(4)) draft.loginuid = cursor.uint32();
  if (fits(1)) draft.exeWritable = cursor.uint8() !== 0;
  if (fits(8)) draft.capInheritable = cursor.unsigned64();
  if (fits(8)) draft.capPermitted = cursor.unsigned64();
  if (fits(8)) draft.capEffective = cursor.unsigned64();
  if (fits(1)) draft.exeUpperLayer = cursor.uint8() !== 0;
  if (fits(8)) draft.exeInode = cursor.unsigned64();
  if (fits(8)) draft.exeCtime = cursor.unsigned64();
  if (fits(8)) draft.exeMtime = cursor.unsigned64();
  if (fits(1)) draft.exeFromMemfd = cursor.uint8() !== 0;
  if (fits(1)) draft.exeLowerLayer = cursor.uint8() !== 0;
  if (fits(8)) draft.pgid = cursor.small64();
}
