/** What the first bytes of a trace say it is. */
export type Encoding = 'scap' | 'jsonl' | 'gzip' | 'unknown';

/**
 * Tells the encoding of a trace from its first bytes; undefined while they are too few to tell. Names and media types
 * are no help: `.scap` files are gzip or plain alike.
 */
export function detectEncoding(bytes: Uint8Array): Encoding | undefined {
  const [first, second] = bytes;
  if (first === undefined) return undefined;
  if (first === 0x1f) return second === undefined ? undefined : second === 0x8b ? 'gzip' : 'unknown';
  if (first === 0xef && bytes.length < 3) return undefined;
  if (first === 0x0a && second === 0x0d) return detectSection(bytes);
  // However many bytes are there already, no more of them are looked at than when they come one by one.
  for (let at = startOfText(bytes); at < Math.min(bytes.length, MAX_BLANKS); at++) {
    const byte = bytes[at] as number;
    if (byte === OPENING_BRACE) return 'jsonl';
    if (!isBlank(byte)) return 'unknown';
  }
  return bytes.length >= MAX_BLANKS ? 'unknown' : undefined;
}

/** The first bytes of a section header, in either byte order. */
const SECTION = [0x0a, 0x0d, 0x0d, 0x0a];
const OPENING_BRACE = 0x7b;
/** Blanks before the first line of a text; more is no trace. */
const MAX_BLANKS = 4096;

function detectSection(bytes: Uint8Array): Encoding | undefined {
  for (let i = 0; i < SECTION.length; i++) {
    if (i >= bytes.length) return undefined;
    if (bytes[i] !== SECTION[i]) return 'unknown';
  }
  return 'scap';
}

/** Skips the mark that some editors put before UTF-8. */
function startOfText(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
