import { MAX_FILES_PER_PROCESS, MAX_SCAP_LIST_ENTRIES } from '../../model/limits.ts';
import type { FileEntry, GroupEntry, NetworkInterface, UserEntry } from '../../model/snapshot.ts';
import type { TraceSink } from '../../model/trace.ts';
import type { BlockKind } from './block-types.ts';
import type { Cursor } from './cursor.ts';
import { FILE_KIND, isKnown, readFile } from './file-list.ts';
import { readInterface } from './interface-list.ts';
import { readMachine } from './machine-info.ts';
import { readProcess } from './process-list.ts';
import { readAccount } from './user-list.ts';

/** Bytes that no entry fits in: what is left of a list is padding. */
const MIN_ENTRY_BYTES = 4;

/**
 * Delivers what a block says of the machine. Entries before a broken one are delivered; `cursor.problem` tells of it.
 *
 * @returns entries that were skipped, since their kind is not known or there are too many
 */
export function readSnapshotBlock(kind: BlockKind, cursor: Cursor, sink: TraceSink): number {
  switch (kind.holds) {
    case 'machine':
      return readMachineBlock(cursor, sink);
    case 'interfaces':
      return readInterfaces(cursor, kind.version, sink);
    case 'users':
      return readUsers(cursor, kind.version, sink);
    case 'processes':
      return readProcesses(cursor, kind.version, sink);
    case 'files':
      return readFiles(cursor, kind.version, sink);
    default:
      return 0;
  }
}

function readMachineBlock(cursor: Cursor, sink: TraceSink): number {
  const machine = readMachine(cursor);
  if (cursor.problem === undefined) sink.machine(machine);
  return 0;
}

function readInterfaces(cursor: Cursor, version: number, sink: TraceSink): number {
  const list: NetworkInterface[] = [];
  let skipped = 0;
  while (hasEntry(cursor) && list.length < MAX_SCAP_LIST_ENTRIES) {
    const entry = readInterface(cursor, version);
    if (cursor.problem !== undefined) break;
    if (entry === undefined) skipped++;
    else list.push(entry);
  }
  sink.interfaces(list);
  return skipped + (hasEntry(cursor) ? 1 : 0);
}

function readUsers(cursor: Cursor, version: number, sink: TraceSink): number {
  const users: UserEntry[] = [];
  const groups: GroupEntry[] = [];
  while (hasEntry(cursor) && users.length + groups.length < MAX_SCAP_LIST_ENTRIES) {
    readAccount(cursor, version, users, groups);
  }
  sink.users(users, groups);
  return hasEntry(cursor) ? 1 : 0;
}

function readProcesses(cursor: Cursor, version: number, sink: TraceSink): number {
  while (hasEntry(cursor)) {
    const entry = readProcess(cursor, version);
    if (cursor.problem === undefined) sink.process(entry);
  }
  return 0;
}

/** Files of a thread that has more of them than Falco keeps come in several calls. */
function readFiles(cursor: Cursor, version: number, sink: TraceSink): number {
  const tid = cursor.small64();
  let entries: FileEntry[] = [];
  let calls = 0;
  let skipped = 0;
  while (hasEntry(cursor)) {
    const entry = readFile(cursor, version);
    // Without a length, nothing behind an entry of an unknown kind can be read.
    if (!isKnown(entry.kindCode)) skipped++;
    if (!isKnown(entry.kindCode) || cursor.problem !== undefined) break;
    // Libs never keeps a file of which not even the kind is known.
    if (entry.kindCode !== FILE_KIND.UNKNOWN) entries.push(entry);
    if (entries.length < MAX_FILES_PER_PROCESS) continue;
    sink.files(tid, entries);
    entries = [];
    calls++;
  }
  if (entries.length > 0 || calls === 0) sink.files(tid, entries);
  return skipped;
}

function hasEntry(cursor: Cursor): boolean {
  return cursor.problem === undefined && cursor.left >= MIN_ENTRY_BYTES;
}
