/**
 * What Falco's reader says where js-yaml says something else: by js-yaml's words, what stands before the place on its
 * line, and what stands there. The first row that fits counts; where none does, js-yaml's words stay.
 */
const WORDS: readonly (readonly [reason: RegExp, before: RegExp, at: RegExp, words: string])[] = [
  [/./, /^ *\t\s*$/, /^/, 'illegal tab when looking for indentation'],
  [/^tab characters/, /^/, /^/, 'illegal tab when looking for indentation'],
  [/^bad explicit/, /^/, /^/, 'cannot set zero indentation for a block scalar'],
  [/^(a line break|repeat of)/, /^/, /^/, 'unexpected character in block scalar'],
  [/quoted scalar$/, /^/, /^/, 'illegal EOF in scalar'],
  [/^unknown escape/, /^/, /^/, 'unknown escape character'],
  [/^expected hexadecimal/, /^/, /^/, 'bad character found while scanning hex number'],
  [/^name of an anchor/, /^/, /^/, 'anchor not found after &'],
  [/^name of an alias/, /^/, /^/, 'alias not found after *'],
  [/^duplication of a tag/, /^/, /^/, 'cannot assign multiple tags to the same node'],
  [/^duplication of an anchor/, /^/, /^/, 'cannot assign multiple anchors to the same node'],
  [/^nesting exceeded/, /^/, /^/, 'bad file'],
  [/within a flow collection/, /^/, /^/, 'end of sequence flow not found'],
  [/./, /[:\-[{,\s]$|^$/, /^[%@`]/, 'unknown token'],
  [/./, /^/, /^[\]}]/, 'illegal flow end'],
  [/^missed comma/, /^/, /^[>|?]/, 'unknown token'],
  [/^missed comma|^expected the node content/, /^/, /^/, 'end of sequence flow not found'],
  [/^bad indentation|multiline key/, /^/, /^:/, 'illegal map value'],
  [/^bad indentation/, /["']\s*$/, /^/, 'unexpected scalar'],
  [/^bad indentation of a mapping/, /^/, /^- /, 'illegal block entry'],
  [/^bad indentation of a mapping|after a mapping key|multiline key/, /^/, /^/, 'end of map not found'],
  [/^bad indentation of a sequence/, /^/, /^/, 'end of sequence not found'],
  [/^end of the stream/, /^/, /^:/, 'illegal map value'],
  [/^end of the stream/, /^ *$/, /^/, 'end of map not found'],
];

/** The words of Falco's reader for a syntax error of js-yaml's at an offset of a text. */
export function falcoWords(reason: string, text: string, offset: number): string {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const at = text.slice(offset, offset + 2);
  return WORDS.find(([about, left, right]) => about.test(reason) && left.test(before) && right.test(at))?.[3] ?? reason;
}
