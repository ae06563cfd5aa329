import type { ByteString } from '../model/byte-string.ts';

/** Labels with these beginnings are the runtime's own and not listed. */
const INTERNAL = ['annotation.', 'io.kubernetes.'];

/** `name:value` of each label, sorted by name, a comma and a blank between them; an empty value leaves the name alone. */
export function labelsText(labels: ReadonlyMap<ByteString, ByteString>): ByteString {
  return [...labels]
    .filter(([name]) => !INTERNAL.some((start) => name.startsWith(start)))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}:${value}`))
    .join(', ');
}
