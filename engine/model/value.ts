import type { ByteString } from './byte-string.ts';
import type { Integer } from './integer.ts';

/**
 * What a field reads. Undefined is "no value". Texts, buffers, addresses (4 or 16 raw bytes) are byte strings: the
 * field's type tells which; numbers and times are exact integers, `DOUBLE` a plain number; lists are arrays.
 */
export type Value = Scalar | readonly Scalar[];

/** One value. */
export type Scalar = ByteString | Integer | boolean;
