import type { TraceCode } from '../trace-diagnostics.ts';
import { SECTION_MAGIC } from './block-types.ts';
import type { Cursor } from './cursor.ts';

/** The newest major version that this reader knows; minor versions never broke a reader. */
export const MAJOR_VERSION = 1;
/** The minor version that is written. */
export const MINOR_VERSION = 2;
/** The magic as a machine of the other byte order writes it. */
const SWAPPED_MAGIC = 0x4d3c2b1a;

/** Why a section can't be read. */
export interface Refusal {
  readonly code: TraceCode;
  readonly message: string;
  readonly hint?: string;
}

/** Reads the body of a section header block; undefined means that its section can be read. Options are ignored. */
export function readSectionHeader(cursor: Cursor): Refusal | undefined {
  const magic = cursor.uint32();
  const major = cursor.uint16();
  cursor.uint16();
  cursor.unsigned64();
  if (cursor.problem !== undefined) {
    return { code: 'TRACE_CORRUPT_BLOCK', message: 'a section header is too short to be one' };
  }
  if (magic === SWAPPED_MAGIC) {
    return {
      code: 'TRACE_NOT_SCAP',
      message: 'the capture was written in big-endian byte order, which no version reads',
    };
  }
  if (magic !== SECTION_MAGIC) {
    return { code: 'TRACE_NOT_SCAP', message: 'this is not a scap capture: its first block has a wrong magic number' };
  }
  if (major <= MAJOR_VERSION) return undefined;
  return {
    code: 'TRACE_NEWER_VERSION',
    message: `the capture has format version ${major}; this version reads ${MAJOR_VERSION}`,
    hint: 'a newer version of Creance may read it',
  };
}
