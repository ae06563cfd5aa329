/**
 * Gives the memory of bytes back at once. Bytes from a pipe, and those on their way to the disk, lie outside of V8's heap, and
 * its collector lets some 64 MB of them come together before it looks: more than all else that the agent holds. Bytes that are a
 * part of something larger are left alone.
 */
export function freed(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
}
