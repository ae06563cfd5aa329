import { UsageError, type Given } from './command.ts';

/** The whole number that a flag gives, or the usual one. */
export function numberOf(given: Given, name: string, usual: number, least: number, most: number): number {
  const text = given.flag(name);
  if (text === undefined) return usual;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not '${text}'`);
}
