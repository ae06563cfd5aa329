/** What to do about a syntax error, by message and, where that decides, the character it is at. */
const HINTS: readonly (readonly [message: RegExp, at: string, hint: string])[] = [
  [/^unknown token/, '%@`', 'put a value that begins with this character in quotes'],
  [/^unknown token/, '?', 'inside [ ] and { } a question mark needs quotes around the value'],
  [/^unknown token/, '>|', 'inside [ ] and { } put this operator in quotes'],
  [/^unknown token/, '', 'put the value in quotes'],
  [/^illegal tab/, '', 'indent with spaces; tabs may not indent in YAML'],
  [/^illegal map value/, '', 'a value that contains ": " must be in quotes'],
  [/^end of map not found/, '', 'check the indentation: keys of one mapping start in the same column'],
  [/^end of sequence not found/, '', 'check the indentation: items of one sequence start in the same column'],
  [/^end of sequence flow/, '', 'a comma or a closing ] is missing'],
  [/^end of map flow/, '', 'a comma or a closing } is missing'],
  [/^illegal flow end/, '', 'this bracket closes nothing'],
  [/^illegal EOF/, '', 'a closing quote is missing'],
  [/^unknown escape/, '', 'in double quotes write \\\\ for a backslash, or use single quotes'],
  [/anchor is not defined|^alias not found|scanning alias/, '', 'a value that begins with * must be in quotes'],
  [/^anchor not found|scanning anchor/, '', 'a value that begins with & must be in quotes'],
  [/^unexpected scalar/, '', 'nothing may follow a quoted value on its line'],
  [/^illegal block entry/, '', 'a list with - starts on a line of its own'],
];

/** A hint for a syntax error, if there is one. `code` is that of the character at the error. */
export function syntaxHint(message: string, code: number): string | undefined {
  const character = Number.isNaN(code) ? '' : String.fromCharCode(code);
  return HINTS.find(
    ([about, at]) => about.test(message) && (at === '' || (character !== '' && at.includes(character))),
  )?.[2];
}
