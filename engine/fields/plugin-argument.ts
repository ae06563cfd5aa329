import type { FieldProblem, Reading } from './field.ts';
import { syntaxProblem } from './reading.ts';

/** A reading for a field of the container plugin that needs a key: `container.label[KEY]`. */
export function keyArgument(
  name: string,
  argument: string | undefined,
  reading: (key: string) => Reading,
): Reading | FieldProblem {
  return argument === undefined ? missingArgument(name) : reading(argument);
}

/**
 * A reading for a field of the container plugin that needs an index or a key: `container.mount[0]`,
 * `container.mount[/etc]`. A number with a leading zero, like any that 64 bits can't hold, is a key.
 */
export function indexOrKeyArgument(
  name: string,
  argument: string | undefined,
  ofIndex: (index: number) => Reading,
  ofKey: (key: string) => Reading,
): Reading | FieldProblem {
  if (argument === undefined) return missingArgument(name);
  const index = /^(0|[1-9][0-9]{0,19})$/.test(argument) ? BigInt(argument) : undefined;
  // The plugin keeps 32 bits of the index, and takes the greatest 64-bit number for "no index".
  if (index === undefined || index >= 0xffff_ffff_ffff_ffffn) return ofKey(argument);
  return ofIndex(Number(BigInt.asUintN(32, index)));
}

function missingArgument(name: string): FieldProblem {
  return syntaxProblem(`filter '${name}': ${name} requires an argument but none provided`);
}
