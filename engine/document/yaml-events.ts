import { COLLECTION_STYLE, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { MAX_YAML_DEPTH } from '../model/limits.ts';
import { Mended } from './mended.ts';
import type { ScalarStyle } from './node.ts';

/** What a YAML text consists of, in order; every collection is closed by an `end`. Offsets are characters of the text. */
export type YamlEvent =
  | { readonly kind: 'document' }
  | { readonly kind: 'sequence' | 'mapping'; readonly start: number; readonly flow: boolean; readonly head: NodeHead }
  | ScalarEvent
  | { readonly kind: 'alias'; readonly start: number; readonly end: number; readonly name: string }
  | { readonly kind: 'end' };

/** A scalar. `start` and `end` enclose what is written between quotes, or all lines of a block; -1 where nothing is written. */
export interface ScalarEvent {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
  /** Decoded: quotes, escapes and folds resolved. */
  readonly text: string;
  readonly head: NodeHead;
}

/** Anchor and tag before a node; `start` is where the first of them begins, -1 without any. */
export interface NodeHead {
  readonly start: number;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

/** A text that isn't YAML. */
export interface YamlProblem {
  readonly message: string;
  readonly offset: number;
}

/** Characters read again at most while a text is mended. Each costs up to 80 ns where lines are short. */
const MAX_MENDING_CHARS = 4 * 1024 * 1024;
/** Mends of one text at most. */
const MAX_MENDS = 100;

/**
 * Reads YAML by js-yaml's event stream, the only part of js-yaml that Creance uses: it gives places and leaves every
 * scalar a text. Where Falco's reader (yaml-cpp) accepts what YAML 1.2 forbids, the text is mended and read again.
 */
export function yamlEvents(text: string): { events: readonly YamlEvent[] } | { problem: YamlProblem } {
  let mended = new Mended(text);
  const most = Math.min(MAX_MENDS, Math.floor(MAX_MENDING_CHARS / Math.max(1, text.length)));
  for (let mends = 0; ; mends++) {
    try {
      const events = parseEvents(mended.text, { filename: '', maxDepth: MAX_YAML_DEPTH });
      return { events: events.map((event) => translate(event, mended)) };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const at = error.mark?.position ?? mended.text.length;
      const next = mends < most ? mended.mend(error.reason, at) : undefined;
      if (next === undefined) return { problem: { message: error.reason, offset: mended.original(at) } };
      mended = next;
    }
  }
}

type ParserEvent = ReturnType<typeof parseEvents>[number];

const STYLES: Readonly<Record<number, ScalarStyle>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single-quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double-quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

function translate(event: ParserEvent, mended: Mended): YamlEvent {
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
      return { kind: 'document' };
    case EVENT_ID.POP:
      return { kind: 'end' };
    case EVENT_ID.ALIAS: {
      const name = mended.text.slice(event.anchorStart, event.anchorEnd);
      return {
        kind: 'alias',
        start: mended.original(event.anchorStart - 1),
        end: mended.original(event.anchorEnd),
        name,
      };
    }
    case EVENT_ID.SCALAR:
      return {
        kind: 'scalar',
        start: event.valueStart < 0 ? -1 : mended.original(event.valueStart),
        end: event.valueEnd < 0 ? -1 : mended.original(event.valueEnd),
        style: event.valueStart < 0 && event.tagStart >= 0 ? 'empty' : (STYLES[event.style] as ScalarStyle),
        text: event.valueStart < 0 ? '' : getScalarValue(mended.text, event),
        head: head(event, mended),
      };
    default:
      return {
        kind: event.type === EVENT_ID.SEQUENCE ? 'sequence' : 'mapping',
        start: mended.original(event.start),
        flow: event.style === COLLECTION_STYLE.FLOW,
        head: head(event, mended),
      };
  }
}

interface Marked {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

function head({ anchorStart, anchorEnd, tagStart, tagEnd }: Marked, mended: Mended): NodeHead {
  const starts = [anchorStart - 1, tagStart].filter((start) => start >= 0);
  return {
    start: starts.length === 0 ? -1 : mended.original(Math.min(...starts)),
    anchor: anchorStart < 0 ? undefined : mended.text.slice(anchorStart, anchorEnd),
    tag: tagStart < 0 ? undefined : mended.text.slice(tagStart, tagEnd),
  };
}
