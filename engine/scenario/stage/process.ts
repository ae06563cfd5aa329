import type { ByteString } from '../../model/byte-string.ts';
import { OpenFiles } from './open-files.ts';
import type { Place } from './place.ts';

/** No login session: what the audit id of a daemon is. */
export const NO_LOGIN = 0xffffffff;

/** What a process runs. */
export interface Image {
  /** Base name of the file that was executed, at most 15 bytes: `proc.name`. */
  readonly comm: ByteString;
  /** argv, the first word included. */
  readonly argv: readonly ByteString[];
  /** The file behind all links: `proc.exepath`. */
  readonly exepath: ByteString;
  /** `PPM_EXE_*` bits. */
  readonly flags: number;
  readonly inode: number;
  /** Nanoseconds since the epoch. */
  readonly changed: bigint;
}

/** The image of a process before it is known. */
export const NO_IMAGE: Image = { comm: '', argv: [], exepath: '', flags: 0, inode: 0, changed: 0n };

/** A thread on the stage; the main thread of a process unless `leader` is another. */
export class Process {
  readonly tid: number;
  /** Id inside the pid namespace of its place; the same as `tid` on the host. */
  readonly vtid: number;
  readonly place: Place;
  readonly leader: Process;
  /** Open files; threads share those of their leader. */
  readonly files: OpenFiles;
  parent: Process | undefined;
  image: Image;
  env: readonly ByteString[] = [];
  /** Ends without a slash, except for the root. */
  cwd: ByteString = '/';
  uid = 0;
  gid = 0;
  loginuid = NO_LOGIN;
  capPermitted = 0n;
  capEffective = 0n;
  /** Device number of the terminal; 0 is none. */
  tty = 0;
  session: Process;
  group: Process;
  cgroups: readonly ByteString[];
  /** Takes in the orphans below it. */
  subreaper = false;
  children = new Set<Process>();
  alive = true;

  constructor(tid: number, vtid: number, place: Place, image: Image, leader?: Process) {
    this.tid = tid;
    this.vtid = vtid;
    this.place = place;
    this.image = image;
    this.leader = leader ?? this;
    this.files = leader?.files ?? new OpenFiles();
    this.session = leader?.session ?? this;
    this.group = leader?.group ?? this;
    this.cgroups = place.cgroups;
  }

  get pid(): number {
    return this.leader.tid;
  }

  get vpid(): number {
    return this.leader.vtid;
  }

  get isShell(): boolean {
    return SHELLS.has(this.image.comm);
  }

  /** The number that the next opened file gets. */
  lowestFd(): number {
    return this.files.lowestFree;
  }

  /** Takes what a child gets from the process that made it. */
  inherit(parent: Process): void {
    this.parent = parent;
    parent.children.add(this);
    this.env = parent.env;
    this.cwd = parent.cwd;
    this.uid = parent.uid;
    this.gid = parent.gid;
    this.loginuid = parent.loginuid;
    this.capPermitted = parent.capPermitted;
    this.capEffective = parent.capEffective;
    this.tty = parent.tty;
    this.session = parent.session;
    this.group = parent.group;
    this.cgroups = parent.cgroups;
  }
}

const SHELLS: ReadonlySet<ByteString> = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'ksh']);
