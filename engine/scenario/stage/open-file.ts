import type { ByteString } from '../../model/byte-string.ts';

/** An end of an internet connection: 4 or 16 bytes of address, and a port. */
export interface Endpoint {
  readonly ip: ByteString;
  readonly port: number;
}

/** What an open socket is connected to. */
export interface SocketState {
  /** `PPM_AF_*`. */
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  local: Endpoint | undefined;
  remote: Endpoint | undefined;
  listening: boolean;
  /** Path of a unix socket. */
  path: ByteString;
}

/** An open file as the stage remembers it. */
export interface OpenFile {
  /** Path, or the name of a memfd; empty for what has none. */
  readonly path: ByteString;
  readonly kind: 'file' | 'directory' | 'socket' | 'pipe' | 'memfd' | 'other';
  readonly inode: number;
  readonly device: number;
  readonly socket: SocketState | undefined;
  closeOnExec: boolean;
}
