import { byteString, type ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import { unsigned64 } from '../model/integer.ts';
import type { FileKind } from '../model/snapshot.ts';
import type { Text } from '../model/text.ts';
import { OPEN } from './open-flags.ts';
import {
  IPV4,
  IPV4_BYTES,
  IPV4_SERVER,
  IPV6,
  IPV6_BYTES,
  IPV6_SERVER,
  portAt,
  SOCKET_BYTES,
  UNIX,
} from './socket-layout.ts';

/** Which side of a connection this end is; undefined before either is known. */
export type SocketRole = 'client' | 'server' | undefined;

/** What a file without a name has. */
export const NO_NAME: Text = { id: 0, value: '' };

const NOTHING = new Uint8Array(SOCKET_BYTES);

/** An open file description as one process sees it. */
export class File {
  readonly fd: number;
  kind: FileKind;
  /** `fd.name`: a path, a rendered tuple, or empty; printable. */
  name: Text = NO_NAME;
  /** The path as given to the syscall; `fd.nameraw`. */
  rawName: Text = NO_NAME;
  /** `PPM_O_*` bits; of memfd, epoll, eventfd and the like the flags of their own syscall. */
  openFlags = 0;
  device = 0;
  inode: Integer = 0;
  /** This end acts as a client, as a server. Both, when a connected socket is bound. */
  isClient = false;
  isServer = false;
  connected = false;
  /** Address family a socket was made with (`AF_*`), 0 when unknown. */
  family = 0;
  /** The name was rewritten by the current event; `fd.name_changed`. */
  nameChanged = false;
  upperLayer = false;
  lowerLayer = false;
  /** pidfd: the process it names. */
  pid = 0;
  /** False for what a failed memfd_create leaves behind, which has no kind at all: `fd.typechar` is `?`. */
  hasKind = true;
  /** A socket's addresses, laid out by kind; see `socket-layout.ts`. */
  socket: Uint8Array | undefined = undefined;
  /** The table that may change this entry in place; tables of forked processes share entries until one changes. */
  owner = 0;

  constructor(fd: number, kind: FileKind) {
    this.fd = fd;
    this.kind = kind;
  }

  /** Server when it was bound or accepted, else client when it connected. */
  get role(): SocketRole {
    return this.isServer ? 'server' : this.isClient ? 'client' : undefined;
  }

  get closeOnExec(): boolean {
    if ((this.openFlags & OPEN.CLOEXEC) !== 0) return true;
    return (this.kind === 'eventpoll' || this.kind === 'memfd') && (this.openFlags & OPEN.OWN_CLOEXEC) !== 0;
  }

  /** Forgets close-on-exec. Falco clears the bit of memfd and epoll in every kind, which makes a file lose O_RDONLY. */
  clearCloseOnExec(): void {
    this.openFlags &= ~(OPEN.CLOEXEC | OPEN.OWN_CLOEXEC);
  }

  /** The block of addresses to write to; makes it. */
  socketBytes(): Uint8Array {
    return (this.socket ??= new Uint8Array(SOCKET_BYTES));
  }

  /** Address of the client's side once the role is known, 4 or 16 bytes; of a bound socket its own. Empty for others. */
  get sourceIp(): ByteString {
    const { kind } = this;
    if (kind === 'ipv4' || kind === 'ipv4-server') return this.#bytes(IPV4.SOURCE, IPV4_BYTES);
    return kind === 'ipv6' || kind === 'ipv6-server' ? this.#bytes(IPV6.SOURCE, IPV6_BYTES) : '';
  }

  /** Address of the other side; empty for a bound socket. */
  get destIp(): ByteString {
    if (this.kind === 'ipv4') return this.#bytes(IPV4.DEST, IPV4_BYTES);
    return this.kind === 'ipv6' ? this.#bytes(IPV6.DEST, IPV6_BYTES) : '';
  }

  get sourcePort(): number {
    return this.#port(IPV4.SOURCE_PORT, IPV6.SOURCE_PORT, IPV4_SERVER.PORT, IPV6_SERVER.PORT);
  }

  get destPort(): number {
    const { kind } = this;
    return kind === 'ipv4' || kind === 'ipv6' ? this.#port(IPV4.DEST_PORT, IPV6.DEST_PORT, 0, 0) : 0;
  }

  /** Index into `L4_PROTOCOLS`, 0 for whatever isn't an internet socket. */
  get l4(): number {
    const at = this.#place(IPV4.L4, IPV6.L4, IPV4_SERVER.L4, IPV6_SERVER.L4);
    return at < 0 ? 0 : ((this.socket ?? NOTHING)[at] as number);
  }

  get sourcePointer(): Integer {
    return this.#pointer(UNIX.SOURCE);
  }

  get destPointer(): Integer {
    return this.#pointer(UNIX.DEST);
  }

  /** The same under another number, with nobody for its owner. */
  copy(fd: number): File {
    const copy = new File(fd, this.kind);
    copy.name = this.name;
    copy.rawName = this.rawName;
    copy.openFlags = this.openFlags;
    copy.device = this.device;
    copy.inode = this.inode;
    copy.isClient = this.isClient;
    copy.isServer = this.isServer;
    copy.connected = this.connected;
    copy.family = this.family;
    copy.upperLayer = this.upperLayer;
    copy.lowerLayer = this.lowerLayer;
    copy.pid = this.pid;
    copy.hasKind = this.hasKind;
    copy.socket = this.socket?.slice();
    return copy;
  }

  #bytes(at: number, count: number): ByteString {
    return byteString(this.socket ?? NOTHING, at, at + count);
  }

  #place(ipv4: number, ipv6: number, ipv4Server: number, ipv6Server: number): number {
    const { kind } = this;
    if (kind === 'ipv4') return ipv4;
    if (kind === 'ipv6') return ipv6;
    if (kind === 'ipv4-server') return ipv4Server;
    return kind === 'ipv6-server' ? ipv6Server : -1;
  }

  #port(ipv4: number, ipv6: number, ipv4Server: number, ipv6Server: number): number {
    const at = this.#place(ipv4, ipv6, ipv4Server, ipv6Server);
    return at < 0 ? 0 : portAt(this.socket ?? NOTHING, at);
  }

  #pointer(at: number): Integer {
    if (this.socket === undefined || this.kind !== 'unix') return 0;
    const low = portAt(this.socket, at) + portAt(this.socket, at + 2) * 0x10000;
    return unsigned64(low, portAt(this.socket, at + 4) + portAt(this.socket, at + 6) * 0x10000);
  }
}
