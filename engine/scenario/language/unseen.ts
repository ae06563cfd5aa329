import type { Unseen } from '../stage/losses.ts';
import type { Kind } from './kind.ts';
import { refuse } from './scalars.ts';

const WORDS: Readonly<Record<string, Unseen>> = { yes: 'yes', true: 'yes', no: 'no', false: 'no', sampled: 'sampled' };

/** Whether events are lost: `yes`, `no`, or `sampled` for the probe's drop mode. */
export const unseen: Kind<Unseen> = {
  schema: { enum: ['yes', 'no', true, false, 'sampled'] },
  read: (reader, node, what) => {
    const word = reader.text(node, what);
    if (word === undefined) return undefined;
    const meant = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    return meant ?? refuse(reader, node, `${what} must be yes, no or sampled`);
  },
};
