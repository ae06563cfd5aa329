import { KIND } from '../../../agent/stream/layout.ts';

/** A section of a record. */
export interface SectionInput {
  readonly tag: number;
  readonly note?: number;
  readonly fault?: number;
  readonly bytes: Uint8Array | string;
}

/** The bytes of a record as the loader writes them. */
export function recordBytes(
  head: { kind?: number; syscall?: number; tid?: number; pid?: number; result?: bigint; args?: readonly bigint[] },
  sections: readonly SectionInput[] = [],
): Uint8Array {
  const { kind = KIND.SYSCALL, syscall = 0, tid = 1, pid = tid, result = 0n, args = [] } = head;
  const parts = sections.map(sectionBytes);
  const header = new DataView(new ArrayBuffer(88));
  header.setUint32(0, 88 + parts.reduce((sum, part) => sum + part.length, 0), true);
  header.setUint16(4, kind, true);
  header.setUint16(6, syscall, true);
  header.setBigUint64(8, 5_000_000_000n, true);
  header.setUint32(16, tid, true);
  header.setUint32(20, pid, true);
  header.setBigInt64(24, result, true);
  args.forEach((value, i) => header.setBigInt64(40 + i * 8, value, true));
  return Buffer.concat([new Uint8Array(header.buffer), ...parts]);
}

function sectionBytes({ tag, note = 0, fault = 0, bytes }: SectionInput): Uint8Array {
  const body = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  const section = Buffer.alloc(8 + ((body.length + 7) & ~7));
  section.set([tag, note, fault]);
  section.writeUInt32LE(body.length, 4);
  section.set(body, 8);
  return section;
}
