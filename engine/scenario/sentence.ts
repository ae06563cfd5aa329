import { sourceOffset, spanOf, type Node, type Scalar } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { Span } from '../model/source.ts';
import { VERBS } from './steps/verbs.ts';
import type { Verb } from './verb.ts';

/** A sentence taken apart: who does what, and after the colon to what. */
export interface Sentence {
  readonly subject: ByteString;
  readonly subjectSpan: Span;
  readonly verb: Verb;
  /** What the verb takes; undefined when there is nothing. */
  readonly object: Node | undefined;
}

/** Keys of steps that are more than one word, so that they are not taken for sentences. */
const LONG_KEYS: ReadonlySet<string> = new Set(
  VERBS.flatMap((verb) => Object.keys(verb.keys)).filter((key) => key.includes(' ')),
);

const BY_WORDS: ReadonlyMap<string, Verb> = new Map(VERBS.map((verb) => [verb.words, verb]));

/** Finds the sentence of a step and takes it apart; undefined when it has said what is wrong. */
export function readSentence(reader: NodeReader, step: Node): Sentence | undefined {
  const found = findSentence(reader, step);
  if (found === undefined) return undefined;
  const { words, object } = found;
  const parts = /^(\S+)\s+(\S.*)$/.exec(words.text.trim());
  if (parts === null) {
    return reader.fail(
      'SCENARIO_SENTENCE',
      words,
      `'${toUnicode(words.text)}' is no sentence`,
      'say who does what: nginx runs: sh -c id',
    );
  }
  const [, subject, action] = parts as unknown as [string, ByteString, ByteString];
  const subjectStart = words.text.indexOf(subject);
  const verb = BY_WORDS.get(action.replace(/\s+/g, ' '));
  if (verb === undefined) return unknownVerb(reader, words, action);
  return { subject, subjectSpan: spanInside(words, subjectStart, subjectStart + subject.length), verb, object };
}

/** True for the key of a step that is its sentence: it has a blank in it. */
export function isSentence(key: Node): key is Scalar {
  return key.kind === 'scalar' && /\S\s+\S/.test(key.text) && !LONG_KEYS.has(key.text);
}

/** A step is a sentence alone, or a mapping in which one key is a sentence. */
function findSentence(reader: NodeReader, step: Node): { words: Scalar; object: Node | undefined } | undefined {
  if (step.kind === 'scalar') return { words: step, object: undefined };
  if (step.kind !== 'mapping') {
    return reader.fail('SCENARIO_SENTENCE', step, 'a step must be a sentence', 'for instance nginx runs: sh -c id');
  }
  const sentences = step.pairs.filter(({ key }) => isSentence(key));
  const [first, second] = sentences;
  if (second !== undefined) {
    return reader.fail(
      'SCENARIO_SENTENCE',
      second.key,
      'a step is one sentence, this is a second one',
      "begin another step with '- '",
    );
  }
  if (first === undefined || first.key.kind !== 'scalar') {
    const alone = step.pairs.find(({ key }) => key.kind === 'scalar' && BY_WORDS.has(key.text))?.key;
    const hint =
      alone?.kind === 'scalar' ? `say who: nginx ${toUnicode(alone.text)}` : 'for instance nginx runs: sh -c id';
    return reader.fail('SCENARIO_SENTENCE', alone ?? step, 'a step needs a sentence that says who does what', hint);
  }
  return { words: first.key, object: first.value.kind === 'null' ? undefined : first.value };
}

function unknownVerb(reader: NodeReader, words: Scalar, action: ByteString): undefined {
  const near =
    nearest(action.replace(/(?<!\s)\s+(a|an|the|to)\b/g, ''), BY_WORDS.keys()) ?? nearest(action, BY_WORDS.keys());
  const at = words.text.indexOf(action);
  reader.diagnostics.push({
    code: 'SCENARIO_UNKNOWN_VERB',
    severity: 'error',
    message: `there is no verb '${toUnicode(action)}'`,
    span: spanInside(words, at, at + action.length),
    hint: near === undefined ? `verbs are ${[...BY_WORDS.keys()].join(', ')}` : `did you mean '${near}'?`,
  });
  return undefined;
}

/** The stretch of the source that a stretch of a scalar's text came from. */
function spanInside(scalar: Scalar, start: number, end: number): Span {
  const whole = spanOf(scalar);
  if (scalar.runs.length === 0) return whole;
  return scalar.document.span(sourceOffset(scalar.runs, start), sourceOffset(scalar.runs, end));
}
