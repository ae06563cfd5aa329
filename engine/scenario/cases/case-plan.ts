import type { ByteString } from '../../model/byte-string.ts';

/** One telling of a story that has several: what stands in the places of its names. */
export interface CasePlan {
  /** `shell=bash, file=/etc/shadow`: names in the order written. */
  readonly name: string;
  readonly values: ReadonlyMap<ByteString, ByteString>;
}
