import type { ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import type { FileKind } from '../model/snapshot.ts';
import type { Text } from '../model/text.ts';

/** Which side of a connection this end is; undefined before either is known. */
export type SocketRole = 'client' | 'server' | undefined;

/** An open file description as one process sees it. */
export interface File {
  readonly fd: number;
  kind: FileKind;
  /** `fd.name`: a path, a rendered tuple, or empty. Sanitised as Falco does. */
  name: Text;
  /** The path as given to the syscall; `fd.nameraw`. */
  rawName: Text;
  /** `PPM_O_*` bits. */
  openFlags: number;
  device: number;
  inode: Integer;
  role: SocketRole;
  connected: boolean;
  /** Addresses, 4 or 16 bytes in network order; source is the client's side once the role is known. */
  sourceIp: ByteString;
  destIp: ByteString;
  sourcePort: number;
  destPort: number;
  /** Index into `L4_PROTOCOLS`. */
  l4: number;
  sourcePointer: Integer;
  destPointer: Integer;
  /** Address family of a socket (`AF_*`), 0 when unknown. */
  family: number;
  /** The name was rewritten by the current event; `fd.name_changed`. */
  nameChanged: boolean;
  upperLayer: boolean;
  lowerLayer: boolean;
  closeOnExec: boolean;
  /** pidfd: the process it names. */
  pid: number;
}

/** Open files of one process, by number. */
export class FileTable {
  readonly #byFd = new Map<number, File>();

  get size(): number {
    return this.#byFd.size;
  }

  get(fd: number): File | undefined {
    return this.#byFd.get(fd);
  }

  set(fd: number, file: File): void {
    this.#byFd.set(fd, file);
  }

  delete(fd: number): void {
    this.#byFd.delete(fd);
  }

  values(): IterableIterator<File> {
    return this.#byFd.values();
  }
}
