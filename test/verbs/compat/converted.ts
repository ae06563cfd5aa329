import { Conversion, type TargetEncoding } from '../../../engine/convert.ts';

/** A trace in another encoding. */
export function converted(trace: Uint8Array, to: TargetEncoding): Buffer {
  const chunks: Uint8Array[] = [];
  const conversion = new Conversion(to, (bytes) => void chunks.push(bytes));
  conversion.push(trace);
  conversion.end();
  return Buffer.concat(chunks);
}
