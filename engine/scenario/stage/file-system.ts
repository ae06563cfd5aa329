import type { ByteString } from '../../model/byte-string.ts';
import { absolutePath, isWithin } from './paths.ts';

/** What is mounted somewhere. */
export interface Mount {
  readonly at: ByteString;
  readonly device: number;
  /** Part of an overlay: what the story writes lies in the upper layer, all else in the lower ones. */
  readonly layered: boolean;
  /** Another file system that is seen here, and the directory of it. */
  readonly through?: { readonly files: FileSystem; readonly directory: ByteString };
}

/** The bit of a mode that lets a program run as its owner. */
const SETUID = 0o4000;

/** A file as the kernel sees it. */
export interface FileFacts {
  readonly device: number;
  readonly inode: number;
  readonly layer: 'none' | 'lower' | 'upper';
  readonly owner: number;
  /** When it came to be, nanoseconds since the epoch. */
  readonly changed: bigint;
  /** True when the story made or wrote it, so that it is surely there. */
  readonly written: boolean;
  /** True when the story gave it the setuid bit. */
  readonly setuid: boolean;
}

interface Written {
  readonly inode: number;
  readonly owner: number;
  readonly changed: bigint;
}

/**
 * The files of the host or of a container. A story need not list them: every path it names is there, old and owned by
 * root, until the story writes or makes it.
 */
export class FileSystem {
  readonly #mounts: readonly Mount[];
  readonly #built: bigint;
  readonly #inodes = new Map<ByteString, number>();
  readonly #setuid = new Set<ByteString>();
  readonly #written = new Map<ByteString, Written>();
  #nextInode: number;

  /**
   * @param mounts the first one is the root
   * @param built when the files came to be that the story does not make
   * @param firstInode inodes count up from here
   */
  constructor(mounts: readonly Mount[], built: bigint, firstInode: number) {
    this.#mounts = mounts;
    this.#built = built;
    this.#nextInode = firstInode;
  }

  /** Looks at an absolute path. */
  look(path: ByteString): FileFacts {
    const mount = this.#mountOf(path);
    if (mount.through !== undefined) return mount.through.files.look(elsewhere(path, mount));
    const written = this.#written.get(path);
    const layer = !mount.layered ? 'none' : written === undefined ? 'lower' : 'upper';
    return {
      device: mount.device,
      inode: written?.inode ?? this.#inode(path),
      layer,
      owner: written?.owner ?? 0,
      changed: written?.changed ?? this.#built,
      written: written !== undefined,
      setuid: this.#setuid.has(path),
    };
  }

  /** A file is made, or opened so that it may be changed. What exists keeps its owner and inode. */
  write(path: ByteString, uid: number, time: bigint, creates: boolean): void {
    const { layer, written, owner, inode } = this.look(path);
    if (creates || layer !== 'none')
      this.#put(path, { inode, owner: creates && !written ? uid : owner, changed: time });
  }

  /** A file gets the setuid bit, or loses it. */
  changeMode(path: ByteString, mode: number): void {
    const mount = this.#mountOf(path);
    if (mount.through !== undefined) mount.through.files.changeMode(elsewhere(path, mount), mode);
    else if ((mode & SETUID) === 0) this.#setuid.delete(path);
    else this.#setuid.add(path);
  }

  /** A file is removed; what is made in its place is another file. */
  remove(path: ByteString): void {
    const mount = this.#mountOf(path);
    if (mount.through !== undefined) mount.through.files.remove(elsewhere(path, mount));
    this.#written.delete(path);
    this.#inodes.delete(path);
    this.#setuid.delete(path);
  }

  /** A file takes another name. */
  move(from: ByteString, to: ByteString, time: bigint): void {
    const { inode, owner, setuid } = this.look(from);
    this.remove(from);
    this.remove(to);
    this.#put(to, { inode, owner, changed: time });
    if (setuid) this.changeMode(to, SETUID);
  }

  #put(path: ByteString, written: Written): void {
    const mount = this.#mountOf(path);
    if (mount.through === undefined) this.#written.set(path, written);
    else mount.through.files.#put(elsewhere(path, mount), written);
  }

  #inode(path: ByteString): number {
    let inode = this.#inodes.get(path);
    if (inode === undefined) this.#inodes.set(path, (inode = this.#nextInode++));
    return inode;
  }

  #mountOf(path: ByteString): Mount {
    let best = this.#mounts[0] as Mount;
    for (const mount of this.#mounts) if (mount.at.length > best.at.length && isWithin(path, mount.at)) best = mount;
    return best;
  }
}

function elsewhere(path: ByteString, mount: Mount): ByteString {
  const rest = mount.at === '/' ? path : path.slice(mount.at.length);
  return absolutePath('/', `${mount.through?.directory ?? ''}/${rest}`);
}
