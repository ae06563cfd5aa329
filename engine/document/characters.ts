/** Character codes that mean something to YAML, and the classes that its productions are made of. */

/** What stands for the end of the text: yaml-cpp uses this control character, so a literal one ends things too. */
export const END = 0x04;

/** Codes by name. */
export const CODE = {
  tab: 0x09,
  newline: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  exclamation: 0x21,
  doubleQuote: 0x22,
  hash: 0x23,
  percent: 0x25,
  ampersand: 0x26,
  singleQuote: 0x27,
  star: 0x2a,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  less: 0x3c,
  greater: 0x3e,
  question: 0x3f,
  leftBracket: 0x5b,
  backslash: 0x5c,
  rightBracket: 0x5d,
  leftBrace: 0x7b,
  pipe: 0x7c,
  rightBrace: 0x7d,
} as const;

/** Space or tab. */
export function isBlank(code: number): boolean {
  return code === CODE.space || code === CODE.tab;
}

/** Line feed or carriage return. */
export function isBreak(code: number): boolean {
  return code === CODE.newline || code === CODE.carriageReturn;
}

/** Blank or break. */
export function isBlankOrBreak(code: number): boolean {
  return code === CODE.space || code === CODE.newline || code === CODE.tab || code === CODE.carriageReturn;
}

/** Blank, break or end: what must follow an indicator such as `-` or `:` in block context. */
export function isGap(code: number): boolean {
  return isBlankOrBreak(code) || code === END;
}

/** 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= CODE.zero && code <= CODE.nine;
}

/** A letter of ASCII, a digit or `-`: what a tag handle is made of. */
export function isWord(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === CODE.minus;
}

/** A digit of a hexadecimal number. */
export function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
