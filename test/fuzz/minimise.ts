import { joinBytes } from './mutate/bytes.ts';
import type { Input } from './target.ts';

/**
 * Makes an input smaller for as long as it still fails: pieces of it are left out, first halves, then ever smaller ones.
 *
 * @param goesOn is asked before each try whether there is still time
 */
export async function minimise<I extends Input>(
  input: I,
  fails: (candidate: I) => Promise<boolean>,
  goesOn: () => boolean,
): Promise<I> {
  let smallest = input;
  for (let size = Math.ceil(input.length / 2); size >= 1 && goesOn();) {
    let removed = false;
    for (let at = 0; at < smallest.length && goesOn();) {
      const candidate = without(smallest, at, at + size);
      if (await fails(candidate)) {
        smallest = candidate;
        removed = true;
      } else at += size;
    }
    if (size === 1 && !removed) break;
    if (size > 1) size = Math.ceil(size / 2);
  }
  return smallest;
}

function without<I extends Input>(input: I, from: number, to: number): I {
  const rest: Input =
    typeof input === 'string'
      ? input.slice(0, from) + input.slice(to)
      : joinBytes([input.subarray(0, from), input.subarray(to)]);
  return rest as I;
}
