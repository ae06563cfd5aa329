/** What to do about a syntax error, by message and, where that decides, the character it is at. */
const HINTS: readonly (readonly [message: RegExp, at: string, hint: string])[] = [
  [/^bad indentation of a mapping entry/, '%@`', 'put a value that begins with this character in quotes'],
  [/^bad indentation of a mapping entry/, ':', 'a value that contains ": " must be in quotes'],
  [/^bad indentation of a mapping entry/, '', 'nothing may follow a value on its line; put the whole value in quotes'],
  [/^bad indentation of a sequence/, '', 'check the indentation: items of one list start in the same column'],
  [/^missed comma/, '?', 'inside [ ] and { } a question mark needs quotes around the value'],
  [/^missed comma/, '>|', 'inside [ ] and { } put this operator in quotes'],
  [/^missed comma/, '', 'a comma or a closing bracket is missing'],
  [/^expected the node content/, '', 'a value is missing between two commas'],
  [/^tab characters/, '', 'indent with spaces; tabs may not indent in YAML'],
  [/within a flow collection/, '', 'a closing bracket is missing'],
  [/quoted scalar$/, '', 'a closing quote is missing'],
  [/^unknown escape/, '', 'in double quotes write \\\\ for a backslash, or use single quotes'],
  [/anchor is not defined|unidentified alias|name of an alias/, '', 'a value that begins with * must be in quotes'],
  [/name of an anchor/, '', 'a value that begins with & must be in quotes'],
  [
    /multiline key|after a mapping key/,
    '',
    'a colon is missing after the key, or the line above lacks its indentation',
  ],
  [/^end of the stream or a document separator/, '', 'check the indentation: this line belongs to nothing above it'],
  [/maxDepth/, '', 'nest lists and mappings less deeply'],
];

/** A hint for a syntax error, if there is one. `code` is that of the character at the error. */
export function syntaxHint(message: string, code: number): string | undefined {
  const character = Number.isNaN(code) ? '' : String.fromCharCode(code);
  return HINTS.find(
    ([about, at]) => about.test(message) && (at === '' || (character !== '' && at.includes(character))),
  )?.[2];
}
