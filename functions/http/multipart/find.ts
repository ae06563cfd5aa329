/** Where `wanted` begins in the bytes; -1 when it is not in them. Quick because the first byte is searched natively. */
export function find(bytes: Uint8Array, wanted: Uint8Array): number {
  const first = wanted[0] as number;
  const last = bytes.length - wanted.length;
  for (let at = bytes.indexOf(first); at !== -1 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let matched = 1;
    while (matched < wanted.length && bytes[at + matched] === wanted[matched]) matched++;
    if (matched === wanted.length) return at;
  }
  return -1;
}
