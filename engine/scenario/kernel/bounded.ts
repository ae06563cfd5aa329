import type { ByteString } from '../../model/byte-string.ts';

/** Bytes of arguments, of an environment and of cgroups that the probe reports. */
const LIST_BYTES = 4096;

/** A list of texts as the probe reports it: its first 4 KiB, each text with its NUL. Nothing at all for an empty list. */
export function bounded(texts: readonly ByteString[]): readonly ByteString[] | undefined {
  if (texts.length === 0) return undefined;
  let room = LIST_BYTES;
  const kept: ByteString[] = [];
  for (const text of texts) {
    if (room <= 0) break;
    kept.push(text.length + 1 <= room ? text : text.slice(0, room - 1));
    room -= text.length + 1;
  }
  return kept;
}
