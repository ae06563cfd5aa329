import type { ByteString } from '../../model/byte-string.ts';
import { MAX_SCAP_ACCOUNT_BYTES, MAX_SCAP_LIST_BYTES, MAX_SCAP_PATH_BYTES } from '../../model/limits.ts';
import type {
  FileEntry,
  GroupEntry,
  Machine,
  NetworkInterface,
  ProcessEntry,
  UserEntry,
} from '../../model/snapshot.ts';
import type { BlockOutput } from './block-output.ts';
import { FILE_KIND } from './file-list.ts';
import { INTERFACE_KIND } from './interface-list.ts';
import { HOSTNAME_BYTES } from './machine-info.ts';
import { GROUP, USER } from './user-list.ts';

/**
 * Writes what a trace says of the machine as the present libs write it. Texts that are longer than a reader of the
 * format takes are cut; `cuts` counts them.
 */
export class SnapshotOutput {
  readonly #out: BlockOutput;
  readonly #isOld: boolean;
  cuts = 0;

  /** @param age `old` for readers of 2022, which take the end of a process in another order */
  constructor(out: BlockOutput, age: 'today' | 'old') {
    this.#out = out;
    this.#isOld = age === 'old';
  }

  machine(machine: Machine): void {
    const out = this.#out;
    out.uint32(machine.cpus);
    out.integer64(machine.memoryBytes);
    out.integer64(machine.maxPid);
    out.raw(this.#cut(machine.hostname, HOSTNAME_BYTES - 1).padEnd(HOSTNAME_BYTES, '\0'));
    out.integer64(machine.bootTime);
    out.integer64(machine.flags);
    out.integer64(0);
    out.integer64(0);
  }

  interface(entry: NetworkInterface): void {
    const out = this.#out;
    const isV4 = entry.address.length === 4;
    out.beginEntry();
    if (entry.linkSpeed === undefined) out.uint16(isV4 ? INTERFACE_KIND.IPV4_NO_SPEED : INTERFACE_KIND.IPV6_NO_SPEED);
    else out.uint16(isV4 ? INTERFACE_KIND.IPV4 : INTERFACE_KIND.IPV6);
    const name = this.#cut(entry.name, MAX_SCAP_PATH_BYTES - 1);
    out.uint16(name.length);
    const width = isV4 ? 4 : 16;
    for (const address of [entry.address, entry.netmask, entry.broadcast])
      out.raw(address.padEnd(width, '\0').slice(0, width));
    if (entry.linkSpeed !== undefined) out.integer64(entry.linkSpeed);
    out.raw(name);
    out.endEntry(false);
  }

  user(user: UserEntry): void {
    const out = this.#out;
    out.beginEntry();
    out.uint8(USER);
    out.uint32(user.uid);
    out.uint32(user.gid);
    for (const text of [user.name, user.home, user.shell]) out.text(this.#cut(text, MAX_SCAP_ACCOUNT_BYTES));
    out.endEntry();
  }

  group(group: GroupEntry): void {
    const out = this.#out;
    out.beginEntry();
    out.uint8(GROUP);
    out.uint32(group.gid);
    out.text(this.#cut(group.name, MAX_SCAP_ACCOUNT_BYTES));
    out.endEntry();
  }

  process(entry: ProcessEntry): void {
    const out = this.#out;
    out.beginEntry();
    for (const id of [entry.tid, entry.pid, entry.ptid, entry.sid, entry.vpgid]) out.integer64(id);
    for (const text of [entry.comm, entry.exe, entry.exepath]) out.text(this.#cut(text, MAX_SCAP_PATH_BYTES));
    out.text(this.#list(entry.args));
    out.text(this.#cut(entry.cwd, MAX_SCAP_PATH_BYTES));
    out.integer64(entry.fdLimit);
    for (const value of [entry.flags, entry.uid, entry.gid, entry.vmSize, entry.vmRss, entry.vmSwap]) out.uint32(value);
    out.integer64(entry.majorFaults);
    out.integer64(entry.minorFaults);
    out.text(this.#list(entry.env));
    out.integer64(entry.vtid);
    out.integer64(entry.vpid);
    out.text(this.#list(entry.cgroups));
    out.text(this.#cut(entry.root, MAX_SCAP_PATH_BYTES));
    if (this.#isOld) this.#oldProcessTail(entry);
    else this.#processTail(entry);
    out.endEntry();
  }

  #processTail(entry: ProcessEntry): void {
    const out = this.#out;
    out.integer64(entry.pidnsInitStart);
    out.uint32(entry.tty);
    out.uint32(entry.loginuid);
    out.uint8(Number(entry.exeWritable));
    out.integer64(entry.capInheritable);
    out.integer64(entry.capPermitted);
    out.integer64(entry.capEffective);
    out.uint8(Number(entry.exeUpperLayer));
    out.integer64(entry.exeInode);
    out.integer64(entry.exeCtime);
    out.integer64(entry.exeMtime);
    out.uint8(Number(entry.exeFromMemfd));
    out.uint8(Number(entry.exeLowerLayer));
    out.integer64(entry.pgid);
  }

  /** A process as it ended in 2022; readers tell the two orders apart by how many bytes are left. */
  #oldProcessTail(entry: ProcessEntry): void {
    const out = this.#out;
    out.uint32(entry.loginuid);
    out.uint8(Number(entry.exeWritable));
    out.integer64(entry.capInheritable);
    out.integer64(entry.capPermitted);
    out.integer64(entry.capEffective);
  }

  file(entry: FileEntry): void {
    const out = this.#out;
    out.beginEntry();
    out.integer64(entry.fd);
    out.integer64(entry.inode);
    const kind = this.#isOld && entry.kindCode > FILE_KIND.FILE_V2 ? FILE_KIND.UNSUPPORTED : entry.kindCode;
    out.uint8(kind);
    this.#filePayload(entry);
    out.endEntry();
  }

  #filePayload(entry: FileEntry): void {
    const out = this.#out;
    const ip = (address: ByteString, width: number) => out.raw(address.padEnd(width, '\0').slice(0, width));
    switch (entry.kindCode) {
      case FILE_KIND.IPV4:
      case FILE_KIND.IPV6: {
        const width = entry.kindCode === FILE_KIND.IPV4 ? 4 : 16;
        ip(entry.sourceIp, width);
        ip(entry.destIp, width);
        out.uint16(entry.sourcePort);
        out.uint16(entry.destPort);
        out.uint8(entry.l4);
        return;
      }
      case FILE_KIND.IPV4_SERVER:
      case FILE_KIND.IPV6_SERVER:
        ip(entry.sourceIp, entry.kindCode === FILE_KIND.IPV4_SERVER ? 4 : 16);
        out.uint16(entry.sourcePort);
        out.uint8(entry.l4);
        return;
      case FILE_KIND.UNIX:
        out.integer64(entry.sourcePointer);
        out.integer64(entry.destPointer);
        break;
      case FILE_KIND.FILE_V2:
        out.uint32(entry.openFlags);
        break;
    }
    out.text(this.#cut(entry.name, MAX_SCAP_PATH_BYTES - 1));
    if (entry.kindCode === FILE_KIND.FILE_V2) out.uint32(entry.device);
  }

  #cut(text: ByteString, limit: number): ByteString {
    if (text.length <= limit) return text;
    this.cuts++;
    return text.slice(0, limit);
  }

  /** Texts that each end with a NUL, which the last one goes without where there is no room for it. */
  #list(texts: readonly ByteString[]): ByteString {
    if (texts.length === 0) return '';
    const joined = this.#cut(texts.join('\0'), MAX_SCAP_LIST_BYTES);
    return joined.length < MAX_SCAP_LIST_BYTES ? `${joined}\0` : joined;
  }
}
