/** Characters of a fragment that is opened; some browsers hold two million. */
export const MAX_FRAGMENT_CHARS = 1_000_000;
/** Bytes that a fragment may become: a small one could otherwise fill the memory. */
export const MAX_UNPACKED_BYTES = 4_000_000;

/** A text compressed for a fragment: deflate, then base64 as it stands in addresses. */
export async function pack(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The text of a fragment. Throws an error that is for people when it is none of ours, too long or would grow too large. */
export async function unpack(packed: string): Promise<string> {
  if (packed.length > MAX_FRAGMENT_CHARS) throw new Error('the link is too long');
  if (!/^[A-Za-z0-9_-]+$/.test(packed)) throw new Error('the link is damaged: it holds letters that no link has');
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > MAX_UNPACKED_BYTES) throw new TooLarge();
      chunks.push(next.value as Uint8Array<ArrayBuffer>);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error instanceof TooLarge
      ? error
      : new Error('the link is damaged: it can not be unpacked', { cause: error });
  }
  return new Blob(chunks).text();
}

class TooLarge extends Error {
  constructor() {
    super('the link holds more than a page opens');
  }
}
