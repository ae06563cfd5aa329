import { Refusal } from '../problem.ts';

/** A refusal of a recording that is not there. */
export function unknownRecording(id: string): Refusal {
  return new Refusal('UNKNOWN_RECORDING', `there is no recording ${id.slice(0, 64)}`, {
    hint: 'it was deleted, or never begun; begin one with another key',
  });
}

/** A refusal of a segment in whose place another one is. */
export function segmentDiffers({ sequence, sha256 }: { readonly sequence: number; readonly sha256: string }): Refusal {
  return new Refusal('SEGMENT_DIFFERS', `segment ${sequence} is kept with the SHA-256 ${sha256}`);
}
