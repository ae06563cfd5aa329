import { StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { conditionWord, type WordKind } from './condition-words.ts';

/** Where the highlighter is in a file. */
interface Place {
  /** The key whose value is being read; empty between keys. */
  key: string;
  /** Column of that key: a block goes on as long as lines are further right. */
  indent: number;
  /** At the beginning of a value. */
  isStart: boolean;
  /** Behind an operator that takes one value. */
  isValue: boolean;
}

const CONDITIONS = new Set(['condition', 'fields', 'comps']);
const NAMES = new Set(['rule', 'macro', 'list', 'name', 'story']);

/** Rule files: YAML, with conditions inside it and fields inside outputs. */
export const rulesLanguage = StreamLanguage.define(parser());
/** Scenarios. */
export const scenarioLanguage = StreamLanguage.define(parser());

const STYLE: Readonly<Record<WordKind, string>> = {
  joint: 'joint',
  operator: 'operator',
  field: 'field',
  macro: 'macro',
  text: 'text',
  number: 'number',
  punctuation: 'punctuation',
  transformer: 'operator',
};

function parser(): StreamParser<Place> {
  return {
    name: 'creance',
    startState: () => ({ key: '', indent: 0, isStart: false, isValue: false }),
    copyState: (place) => ({ ...place }),
    token,
    languageData: { commentTokens: { line: '#' } },
    tokenTable: {
      joint: tags.keyword,
      operator: tags.operatorKeyword,
      field: tags.variableName,
      macro: tags.macroName,
      text: tags.string,
      number: tags.number,
      key: tags.propertyName,
      title: tags.definition(tags.name),
      remark: tags.comment,
      punctuation: tags.punctuation,
    },
  };
}

function token(stream: StringStream, place: Place): string | null {
  if (stream.sol()) {
    if (stream.indentation() <= place.indent && !/^\s*$/.test(stream.string)) place.key = '';
  }
  if (stream.eatSpace()) return null;
  if (stream.match(/^#.*/)) return 'remark';
  if (place.key === '' || place.isStart) {
    if (place.key === '' && stream.match(/^-(\s+|$)/)) return 'punctuation';
    const key = place.key === '' ? stream.match(/^[A-Za-z_][\w .-]*?(?=\s*:(\s|$))/) : null;
    if (key !== null && typeof key === 'object') {
      place.key = key[0].trim();
      // Lines that are further right than the key go on with its value.
      place.indent = stream.column();
      place.isStart = true;
      return 'key';
    }
    if (stream.match(/^:/)) return 'punctuation';
    if (place.isStart && stream.match(/^[>|][+-]?\s*$/)) {
      place.isStart = false;
      return 'punctuation';
    }
    place.isStart = false;
  }
  return value(stream, place);
}

/** Behind an operator a bare word is a value; in a list of values it may be the name of a list. */
function kindHere(place: Place, kind: WordKind, word: string): WordKind {
  const isValue = place.isValue && kind === 'macro';
  place.isValue = kind === 'operator' && !/^(in|intersects|pmatch|exists)$/.test(word);
  return isValue ? 'text' : kind;
}

function value(stream: StringStream, place: Place): string | null {
  const { key } = place;
  if (CONDITIONS.has(key)) {
    const word = conditionWord(stream.string.slice(stream.pos));
    if (word === undefined) {
      stream.next();
      return null;
    }
    stream.pos += word.length;
    return STYLE[kindHere(place, word.kind, stream.current())];
  }
  if (key === 'output') {
    if (stream.match(/^%[\w.]+(\[[^\]]*\])?/)) return 'field';
    stream.eatWhile(/[^%#]/);
    if (stream.current() === '') stream.next();
    return null;
  }
  if (stream.match(/^[[\]{},]/)) return 'punctuation';
  if (NAMES.has(key)) {
    stream.skipToEnd();
    return 'title';
  }
  if (stream.match(/^("(?:\\.|[^"\\])*"?|'[^']*'?)/)) return 'text';
  if (stream.match(/^[^\s,\][{}]+/)) return key === 'items' || key === 'values' ? 'text' : null;
  stream.next();
  return null;
}
