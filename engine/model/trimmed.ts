/**
 * A text without the given characters at its start and its end, in linear time; a regular expression would try each
 * blank within the text anew.
 */
export function trimmed(text: string, blanks: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && blanks.includes(text.charAt(start))) start++;
  while (end > start && blanks.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
