import { readFileSync, readlinkSync } from 'node:fs';
import { byteString, type ByteString } from '../../../engine/model/byte-string.ts';

/** A file of /proc as bytes; empty where it can't be read. */
export function contents(path: string): ByteString {
  try {
    return byteString(readFileSync(path));
  } catch {
    return '';
  }
}

/** Where a link of /proc leads; empty where it can't be read. */
export function target(path: string): ByteString {
  try {
    return byteString(readlinkSync(path, 'buffer'));
  } catch {
    return '';
  }
}
