import { byteString, type ByteString } from '../../../model/byte-string.ts';
import type { Event } from '../../../model/event.ts';
import type { Text, Texts } from '../../../model/text.ts';

/** What an old recorder wrote for a text that it couldn't read. */
const UNREAD = '(NULL)';
/** Its first character. */
const PARENTHESIS = 0x28;

/** Stands for a text that was not recorded. It is a value: a condition can compare with it. */
export const NOT_RECORDED = '<NA>';

/** A text parameter, up to its NUL. */
export function recordedParam(event: Event, index: number): ByteString {
  return event.has(index)
    ? recordedText(event.bytes, event.starts[index] as number, event.length(index))
    : NOT_RECORDED;
}

/** The same as an interned text; one that was seen before is not decoded again. */
export function recordedColumn(event: Event, index: number, texts: Texts): Text {
  const isPlain = event.has(index) && event.bytes[event.starts[index] as number] !== PARENTHESIS;
  return isPlain ? event.text(index, texts) : texts.of(recordedParam(event, index));
}

/** A text that lies in an event's bytes, up to its NUL; `length` is greater than 0. */
export function recordedText(bytes: Uint8Array, start: number, length: number): ByteString {
  const end = start + length;
  const nul = bytes.indexOf(0, start);
  const text = byteString(bytes, start, nul === -1 || nul > end ? end : nul);
  return text === UNREAD && length === UNREAD.length + 1 ? NOT_RECORDED : text;
}
