import { fromUnicode } from '../../engine/model/byte-string.ts';
import type { ProcessEntry } from '../../engine/model/snapshot.ts';

/** A process of a snapshot: its tid and whatever differs from a plain one. */
export type ProcessWords = Partial<ProcessEntry> & { readonly tid: number };

/** The entry that the words describe; without `pid` it is a main thread. */
export function processEntry(words: ProcessWords): ProcessEntry {
  const comm = fromUnicode(words.comm ?? 'proc');
  return {
    pid: words.tid,
    ptid: 1,
    sid: -1,
    pgid: -1,
    vpgid: -1,
    vtid: words.tid,
    vpid: words.pid ?? words.tid,
    exe: comm,
    exepath: `/bin/${comm}`,
    args: [],
    env: [],
    cwd: '/',
    root: '/',
    cgroups: [],
    fdLimit: 1024,
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
    ...words,
    comm,
  };
}
