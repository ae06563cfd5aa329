import { integerOf, type Integer } from '../model/integer.ts';
import { ofFile } from './event-file.ts';
import type { Family } from './field.ts';

/** Where an open file lies: device, inode, layer of an overlay. Zero where the kind of file has none. */
export const FD_DEVICE: Family = {
  'fd.dev': ofFile((file) => file.device | 0),
  'fd.dev.major': ofFile((file) => (file.device & 0xfff00) >> 8),
  // The minor number lies around the major one (Linux: new_encode_dev).
  'fd.dev.minor': ofFile((file) => (file.device & 0xff) | ((file.device >>> 12) & 0xfff00)),
  'fd.ino': ofFile((file) => signed(file.inode)),
  'fd.is_upper_layer': ofFile((file) => file.upperLayer),
  'fd.is_lower_layer': ofFile((file) => file.lowerLayer),
};

/** Inodes are unsigned on the wire and signed in the field. */
function signed(value: Integer): Integer {
  return typeof value === 'bigint' ? integerOf(BigInt.asIntN(64, value)) : value;
}
