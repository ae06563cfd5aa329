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

/** A stretch of a text: from its first character to behind its last. */
export type Stretch = readonly [start: number, end: number];

/**
 * A pattern of RE2 that is looked for everywhere in a text, linear in it: answers what its groups matched, or all of each
 * match where it has none. Undefined when it is no pattern.
 */
export function compileFinder(source: string): ((text: string) => readonly Stretch[]) | undefined {
  const pattern = compileTranslated(source);
  if (pattern === undefined) return undefined;
  return (text) => {
    const found: Stretch[] = [];
    const matcher = pattern.matcher(text);
    const groups = matcher.groupCount();
    while (matcher.find()) {
      for (let group = Math.min(1, groups); group <= groups; group++) {
        const [start, end] = [matcher.start(group), matcher.end(group)];
        if (start >= 0 && end > start) found.push([start, end]);
      }
    }
    return found;
  };
}

/** A match: from its first character to behind its last, and the texts of its groups. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly string[];
}

/**
 * A pattern of RE2 that is looked for in a text, linear in it: each match with its groups, also empty ones. Undefined when
 * it is no pattern.
 */
export function compileSearch(
  source: string,
  ignoresCase: boolean,
): ((text: string, most: number) => readonly Match[]) | undefined {
  const pattern = compileTranslated(ignoresCase ? `(?i)${source}` : source);
  if (pattern === undefined) return undefined;
  return (text, most) => {
    const found: Match[] = [];
    const matcher = pattern.matcher(text);
    while (found.length < most && matcher.find()) {
      const groups = Array.from({ length: matcher.groupCount() }, (_, i) => matcher.group(i + 1) ?? '');
      found.push({ start: matcher.start(), end: matcher.end(), groups });
    }
    return found;
  };
}
