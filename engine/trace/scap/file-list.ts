import { MAX_SCAP_PATH_BYTES } from '../../model/limits.ts';
import { FILE_KINDS, type FileEntry, type FileKind } from '../../model/snapshot.ts';
import type { Cursor } from './cursor.ts';

/** A file entry while its fields arrive. */
type Draft = { -readonly [Field in keyof FileEntry]: FileEntry[Field] };

/** scap's numbers of the kinds that carry more, or other things, than a name. */
export const FILE_KIND = {
  UNKNOWN: 0,
  IPV4: 3,
  IPV6: 4,
  IPV4_SERVER: 5,
  IPV6_SERVER: 6,
  UNIX: 8,
  UNSUPPORTED: 10,
  FILE_V2: 16,
} as const;

/** The longest name: one less than a path, since libs keeps room for its NUL. */
const MAX_NAME_BYTES = MAX_SCAP_PATH_BYTES - 1;

/**
 * Reads the next entry of a file list block. One of an unknown kind becomes an unsupported one if it tells its length;
 * else it keeps its kind and the rest of the block can't be read.
 *
 * @param version 1, or 2 where each entry tells its length
 */
export function readFile(cursor: Cursor, version: number): FileEntry {
  const start = cursor.at;
  const length = version >= 2 ? cursor.uint32() : 0;
  const fd = cursor.small64();
  const inode = cursor.unsigned64();
  const draft = emptyFile(fd, cursor.uint8());
  draft.inode = inode;
  if (isKnown(draft.kindCode)) {
    readPayload(cursor, draft);
    if (draft.kindCode === FILE_KIND.FILE_V2 && cursor.at + 4 <= start + length) draft.device = cursor.uint32();
  } else if (length !== 0) {
    draft.name = `unknown-type:[${draft.kindCode}]`;
    setKind(draft, FILE_KIND.UNSUPPORTED);
  }
  if (length !== 0) cursor.skipTo(start + length);
  return draft;
}

/** An open file of which only descriptor and kind are known. */
export function emptyFile(fd: number, kindCode: number): Draft {
  return {
    fd,
    inode: 0,
    kind: FILE_KINDS[kindCode] ?? 'unsupported',
    kindCode,
    name: '',
    openFlags: 0,
    device: 0,
    sourceIp: '',
    destIp: '',
    sourcePort: 0,
    destPort: 0,
    l4: 0,
    sourcePointer: 0,
    destPointer: 0,
  };
}

/** True for a kind that this version can read. */
export function isKnown(kindCode: number): boolean {
  return kindCode < FILE_KINDS.length;
}

function setKind(draft: Draft, kindCode: number): void {
  draft.kindCode = kindCode;
  draft.kind = FILE_KINDS[kindCode] as FileKind;
}

function readPayload(cursor: Cursor, draft: Draft): void {
  switch (draft.kindCode) {
    case FILE_KIND.UNKNOWN:
      return;
    case FILE_KIND.IPV4:
    case FILE_KIND.IPV6: {
      const width = draft.kindCode === FILE_KIND.IPV4 ? 4 : 16;
      draft.sourceIp = cursor.raw(width);
      draft.destIp = cursor.raw(width);
      draft.sourcePort = cursor.uint16();
      draft.destPort = cursor.uint16();
      draft.l4 = cursor.uint8();
      return;
    }
    case FILE_KIND.IPV4_SERVER:
    case FILE_KIND.IPV6_SERVER:
      draft.sourceIp = cursor.raw(draft.kindCode === FILE_KIND.IPV4_SERVER ? 4 : 16);
      draft.sourcePort = cursor.uint16();
      draft.l4 = cursor.uint8();
      return;
    case FILE_KIND.UNIX:
      draft.sourcePointer = cursor.unsigned64();
      draft.destPointer = cursor.unsigned64();
      break;
    case FILE_KIND.FILE_V2:
      draft.openFlags = cursor.uint32();
      break;
  }
  draft.name = cursor.text(MAX_NAME_BYTES, 'a file name');
}
