import { signed64, unsigned64, type Integer } from '../../../model/integer.ts';

/** A signed little-endian number of 1, 2, 4 or 8 bytes; any other length is no number and reads as 0. */
export function signedAt(view: DataView, start: number, length: number): Integer {
  switch (length) {
    case 1:
      return view.getInt8(start);
    case 2:
      return view.getInt16(start, true);
    case 4:
      return view.getInt32(start, true);
    case 8:
      return signed64(view.getUint32(start, true), view.getUint32(start + 4, true));
    default:
      return 0;
  }
}

/** An unsigned one. */
export function unsignedAt(view: DataView, start: number, length: number): Integer {
  switch (length) {
    case 1:
      return view.getUint8(start);
    case 2:
      return view.getUint16(start, true);
    case 4:
      return view.getUint32(start, true);
    case 8:
      return unsigned64(view.getUint32(start, true), view.getUint32(start + 4, true));
    default:
      return 0;
  }
}

/** The low 32 bits of a number as signed. */
export function signed32At(view: DataView, start: number, length: number): number {
  return length >= 4 ? view.getInt32(start, true) : Number(signedAt(view, start, length));
}

/** The low 32 bits of a number as unsigned. */
export function unsigned32At(view: DataView, start: number, length: number): number {
  return length >= 4 ? view.getUint32(start, true) : Number(unsignedAt(view, start, length));
}
