import type { Integer } from '../../../model/integer.ts';
import type { PrintFormat } from '../../../model/param-type.ts';

/**
 * A number as C prints it: hexadecimal in capitals without a prefix, octal, decimal padded to nine digits, or plain.
 *
 * @param bits width of the number once it is an argument of `printf`; negative ones show as many in the other bases
 */
export function integerText(value: Integer, bits: 32 | 64, print: PrintFormat): string {
  switch (print) {
    case 'HEX':
      return unsigned(value, bits).toString(16).toUpperCase();
    case 'OCT':
      return unsigned(value, bits).toString(8);
    case '10_PADDED_DEC':
      return value < 0 ? `-${String(-value).padStart(8, '0')}` : String(value).padStart(9, '0');
    default:
      return String(value);
  }
}

/** The same for a parameter of an event, where octal numbers have a leading zero. */
export function paramIntegerText(value: Integer, bits: 32 | 64, print: PrintFormat): string {
  const text = integerText(value, bits, print);
  return print === 'OCT' && value !== 0 ? `0${text}` : text;
}

/** Nanoseconds as seconds with six significant digits, as C's `%g` prints them. */
export function secondsText(nanoseconds: Integer): string {
  const seconds = Number(nanoseconds) / 1e9;
  const [digits, exponentText] = seconds.toExponential(5).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return `${withoutZeros(seconds.toFixed(5 - exponent))}s`;
  const sign = exponent < 0 ? '-' : '+';
  return `${withoutZeros(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}s`;
}

function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function unsigned(value: Integer, bits: 32 | 64): Integer {
  return value < 0 ? BigInt.asUintN(bits, BigInt(value)) : value;
}
