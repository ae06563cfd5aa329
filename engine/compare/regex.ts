import { RE2JS } from 're2js';
import { bytesOf, isAscii, toUnicode, type ByteString } from '../model/byte-string.ts';
import { Refusal } from './refusal.ts';
import { translateRegex } from './regex-syntax.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A pattern of operator `regex`: RE2 in POSIX-egrep mode, linear in the text whatever the pattern. The test holds when
 * the whole text matches. A text that is not UTF-8 matches no pattern.
 */
export function compileRegex(pattern: ByteString): ((text: ByteString) => boolean) | Refusal {
  const source = translateRegex(toUnicode(pattern));
  if (source instanceof Refusal) {
    return new Refusal(`invalid regex pattern: ${source.message}`, source.hint);
  }
  const regex = compileTranslated(source);
  if (regex === undefined) return new Refusal('invalid regex pattern: pattern too large - compile failed');
  return (text) => {
    const unicode = isAscii(text) ? text : decode(text);
    return unicode !== undefined && regex.testExact(unicode);
  };
}

/** Undefined when the pattern is beyond re2js's own limits; it throws for nothing else that was translated. */
function compileTranslated(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source);
  } catch {
    return undefined;
  }
}

function decode(text: ByteString): string | undefined {
  try {
    return strictUtf8.decode(bytesOf(text));
  } catch {
    return undefined;
  }
}
