import type { ByteString } from '../model/byte-string.ts';
import type { Thread } from '../state/thread.ts';

/** The environment that counts for a thread: its process's, or its own while the main thread is not known. */
function environmentOf(thread: Thread): readonly ByteString[] {
  return (thread.main ?? thread).env;
}

/** All variables, a blank between them; empty when there are none. */
export function environmentText(thread: Thread): ByteString {
  return environmentOf(thread).join(' ');
}

/**
 * The value of a variable without blanks around it. Empty when the variable is missing, is empty or holds blanks only:
 * Falco doesn't tell these apart.
 */
export function environmentValue(thread: Thread, name: ByteString): ByteString {
  const start = `${name}=`;
  const entry = environmentOf(thread).find((text) => text.length > start.length && text.startsWith(start));
  return entry === undefined ? '' : trimBlanks(entry, start.length);
}

function trimBlanks(text: ByteString, start: number): ByteString {
  let first = start;
  let end = text.length;
  while (first < end && text[first] === ' ') first++;
  while (end > first && text[end - 1] === ' ') end--;
  return text.slice(first, end);
}
