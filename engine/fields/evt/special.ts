import { EVENT_TYPES } from '../../model/event-types.ts';
import type { FieldProblem, Reading } from '../field.ts';
import { nonexistent, syntaxProblem } from '../reading.ts';
import { scanNumber } from '../scanned-number.ts';
import { absolutePath } from './abspath.ts';
import { namedArgument, numberedArgument } from './arguments.ts';
import { around } from './around.ts';
import { rawArgument } from './raw-argument.ts';
import { typeIs } from './type-is.ts';

/** A field read from the front of a text: the name of its row, how many characters it takes, how it is read. */
export interface SpecialField {
  readonly row: string;
  readonly length: number;
  readonly reading: Reading;
}

/**
 * Fields with a grammar of their own: `evt.arg[N]`, `evt.arg.NAME`, `evt.rawarg.NAME`, `evt.around[TIME]`,
 * `evt.abspath.src`, `evt.type.is.NAME`. Undefined when the text is none of them. As in Falco a name is read as long as
 * it makes sense; the caller refuses what is left over.
 */
export function specialEvt(text: string): SpecialField | FieldProblem | undefined {
  if (text.startsWith('evt.arg') && !text.startsWith('evt.args')) return argument('evt.arg', text);
  if (text.startsWith('evt.rawarg')) return argument('evt.rawarg', text);
  if (text.startsWith('evt.around')) return aroundTime(text);
  if (text.startsWith('evt.abspath')) return abspath(text);
  return text.startsWith('evt.type.is') ? typeIsNamed(text) : undefined;
}

function argument(row: 'evt.arg' | 'evt.rawarg', text: string): SpecialField | FieldProblem {
  const rest = text.slice(row.length);
  if (rest.startsWith('[')) {
    if (row === 'evt.rawarg') return syntaxProblem('evt.arg fields must be expressed explicitly');
    const position = scanNumber(bracketed(rest), 32);
    if (position === undefined) return syntaxProblem(`${bracketed(rest)} is not a valid number`);
    return { row, length: bracketLength(row, rest), reading: numberedArgument(position) };
  }
  if (!rest.startsWith('.')) return syntaxProblem(`filter syntax error: ${text}`);
  const name = longestParamName(rest.slice(1));
  if (name === undefined) return syntaxProblem(`unknown event argument ${rest.slice(1)}`);
  const reading = row === 'evt.arg' ? namedArgument(name) : rawArgument(name);
  return { row, length: row.length + 1 + name.length, reading };
}

function aroundTime(text: string): SpecialField | FieldProblem {
  const row = 'evt.around';
  const rest = text.slice(row.length);
  if (rest.startsWith('.')) return syntaxProblem('wrong syntax for evt.around');
  if (!rest.startsWith('[')) return syntaxProblem(`filter syntax error: ${text}`);
  const reading = around(bracketed(rest));
  return 'problem' in reading ? reading : { row, length: bracketLength(row, rest), reading };
}

function abspath(text: string): SpecialField {
  const row = 'evt.abspath';
  if (text.startsWith('evt.abspath.dst')) return { row, length: row.length + 4, reading: absolutePath('new') };
  const length = text.startsWith('evt.abspath.src') ? row.length + 4 : row.length;
  return { row, length, reading: absolutePath('old') };
}

function typeIsNamed(text: string): SpecialField | FieldProblem {
  const row = 'evt.type.is';
  const rest = text.slice(row.length);
  if (!rest.startsWith('.')) return syntaxProblem(`filter syntax error: ${text}`);
  const reading = typeIs(rest.slice(1));
  return reading === undefined ? nonexistent(text, undefined) : { row, length: text.length, reading };
}

/** What is between a bracket and the next closing one. */
function bracketed(rest: string): string {
  const end = rest.indexOf(']');
  return rest.slice(1, end === -1 ? rest.length : end);
}

function bracketLength(row: string, rest: string): number {
  return row.length + rest.indexOf(']') + 1;
}

/** Longest first. */
const PARAM_NAMES = [...new Set(EVENT_TYPES.flatMap((type) => type.params.map((param) => param.name)))].toSorted(
  (a, b) => b.length - a.length,
);

function longestParamName(text: string): string | undefined {
  return PARAM_NAMES.find((name) => text.startsWith(name));
}
