import type { Target } from '../target.ts';

/** Does all that no target may do, to show that it is noticed. */
export const faulty: Target<string> = {
  name: 'faulty',
  kind: 'text',
  brief: 60,
  make: (random) => random.pick(['well ', 'well ', 'throw ', random.once(20) ? 'hang ' : 'well ']),
  change: (text, random) => `${text}${random.below(10)}`,
  run(text) {
    if (text.includes('throw')) throw new Error('thrown');
    while (text.includes('hang'));
    for (const kept: number[][] = []; text.includes('grow');) kept.push(Array<number>(100_000).fill(1.5));
    return [text.includes('buffer') ? String(new Uint8Array(300 * 1024 * 1024).length) : 'well'];
  },
};
