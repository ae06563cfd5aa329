/** The least a gzip member takes: a header of ten bytes, two of deflate, a trailer of eight. */
const LEAST_MEMBER = 20;
/** Compressed bytes that are handed over at a time: what lies behind a broken place in them is lost. */
const PIECE_BYTES = 64 * 1024;

/** Looking for members may unpack so many times what the file has: a file can be made to look like many. */
const MOST_TIMES = 16;

/** What came of unpacking. */
export interface Unpacked {
  readonly chunks: readonly Uint8Array[];
  /** Something could not be unpacked; what lies before it is there. */
  readonly isDamaged: boolean;
}

/**
 * Unpacks a gzip file of any number of members. The browser's own decompressor knows of one member only and does not say
 * where it ended, so that is looked for: at the next bytes that look like a header up to which the decompressor is
 * content, checksum included.
 *
 * @param onBytes told of bytes that came, for whoever bounds them by throwing
 */
export async function unpackMembers(packed: Uint8Array, onBytes: (count: number) => void): Promise<Unpacked> {
  const chunks: Uint8Array[] = [];
  const budget = { bytes: MOST_TIMES * packed.length };
  let start = 0;
  for (let isMany = false; isHeader(packed, start); isMany = true) {
    // Most files have one member: then nothing is looked for.
    let rest = isMany ? undefined : await inflated(packed.subarray(start), onBytes);
    if (rest?.isWhole === true) return { chunks: rest.chunks, isDamaged: false };
    const member = await firstMember(packed, start, budget);
    if (member === undefined) {
      rest ??= await inflated(packed.subarray(start), onBytes);
      if (!rest.isWhole) rest = (await padded(packed, start)) ?? rest;
      return { chunks: [...chunks, ...rest.chunks], isDamaged: !rest.isWhole };
    }
    if (isMany) onBytes(member.chunks.reduce((sum, { length }) => sum + length, 0));
    chunks.push(...member.chunks);
    start = member.end;
  }
  return { chunks, isDamaged: start < packed.length };
}

/** The member that begins at a place and is followed by another one. */
async function firstMember(
  packed: Uint8Array,
  start: number,
  budget: { bytes: number },
): Promise<{ readonly chunks: readonly Uint8Array[]; readonly end: number } | undefined> {
  for (let end = start + LEAST_MEMBER; end < packed.length && budget.bytes > 0; end++) {
    if (!isHeader(packed, end)) continue;
    budget.bytes -= end - start;
    const { chunks, isWhole } = await inflated(packed.subarray(start, end));
    if (isWhole) return { chunks, end };
  }
  return undefined;
}

/** The last member, where zeros are behind it. Its trailer may end in zeros itself. */
async function padded(packed: Uint8Array, start: number): Promise<Inflated | undefined> {
  let end = packed.length;
  while (end > start + LEAST_MEMBER && packed[end - 1] === 0) end--;
  for (let zeros = 0; zeros <= 4 && end + zeros < packed.length; zeros++) {
    const found = await inflated(packed.subarray(start, end + zeros));
    if (found.isWhole) return found;
  }
  return undefined;
}

/** True for the first bytes of a member (RFC 1952): the magic, deflate, no flags that have no meaning. */
function isHeader(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && ((bytes[at + 3] as number) & 0xe0) === 0
  );
}

interface Inflated {
  readonly chunks: readonly Uint8Array[];
  readonly isWhole: boolean;
}

/** Unpacks one member; what comes before something that is wrong is kept. */
async function inflated(packed: Uint8Array, onBytes: (count: number) => void = () => {}): Promise<Inflated> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= packed.length) return controller.close();
      controller.enqueue(packed.subarray(at, (at += PIECE_BYTES)));
    },
  });
  const format = new DecompressionStream('gzip') as unknown as TransformStream<Uint8Array, Uint8Array>;
  const reader = source.pipeThrough(format).getReader();
  for (;;) {
    const next = await reader.read().catch(() => undefined);
    if (next === undefined) return { chunks, isWhole: false };
    if (next.done) return { chunks, isWhole: true };
    chunks.push(next.value);
    onBytes(next.value.length);
  }
}
