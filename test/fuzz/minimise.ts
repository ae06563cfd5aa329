import { joinBytes } from './mutate/bytes.ts';
import type { Input } from './target.ts';

/**
 * Makes an input smaller for as long as it still fails: pieces of it are left out, first halves, then ever smaller ones.
 *
 * @param mostTries bounds how often `fails` is asked
 */
export async function minimise<I extends Input>(
  input: I,
  fails: (candidate: I) => Promise<boolean>,
  mostTries: number,
): Promise<I> {
  let smallest = input;
  let tries = 0;
  for (let size = Math.ceil(input.length / 2); size >= 1 && tries < mostTries;) {
    let removed = false;
    for (let at = 0; at < smallest.length && tries < mostTries;) {
      const candidate = without(smallest, at, at + size);
      tries++;
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
