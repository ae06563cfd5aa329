import type { ByteString } from '../model/byte-string.ts';
import type { Thread } from '../state/thread.ts';
import type { Family, Reading } from './field.ts';
import { findLeader } from './lineage.ts';
import { ofThread, ofThreadNow } from './reading.ts';

const sid = (thread: Thread): number => thread.sid;
const vpgid = (thread: Thread): number => thread.vpgid;
const pgid = (thread: Thread): number => thread.pgid;
const comm = (thread: Thread): ByteString => thread.comm;
const exe = (thread: Thread): ByteString => thread.exe;
const exepath = (thread: Thread): ByteString => thread.exepath;

/** Session and process groups, and who leads them. */
export const PROC_LEADERS: Family = {
  'proc.sid': ofThread(sid),
  'proc.sname': ofLeader(sid, comm, true),
  'proc.sid.exe': ofLeader(sid, exe, true),
  'proc.sid.exepath': ofLeader(sid, exepath, true),
  'proc.vpgid': ofThread(vpgid),
  'proc.vpgid.name': ofLeader(vpgid, comm, true),
  'proc.vpgid.exe': ofLeader(vpgid, exe, true),
  'proc.vpgid.exepath': ofLeader(vpgid, exepath, true),
  'proc.pgid': ofThread(pgid),
  'proc.pgid.name': ofLeader(pgid, comm, false),
  'proc.pgid.exe': ofLeader(pgid, exe, false),
  'proc.pgid.exepath': ofLeader(pgid, exepath, false),
  'proc.is_sid_leader': ofThread((thread) => thread.sid === thread.vpid),
  'proc.is_vpgid_leader': ofThread((thread) => thread.vpgid === thread.vpid),
  'proc.is_pgid_leader': ofThread((thread) => thread.pgid === thread.pid),
};

/** A leader is any entry of the table, so its facts can change while the thread and its ancestors stay as they are. */
function ofLeader(idOf: (thread: Thread) => number, text: (thread: Thread) => ByteString, isVirtual: boolean): Reading {
  return ofThreadNow((thread, moment) => {
    const leader = findLeader(moment.system, thread, idOf, isVirtual);
    return leader === undefined ? '' : text(leader);
  });
}
