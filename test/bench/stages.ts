/** What a run is made of, in order; each stage includes those before it. */
export const STAGES = ['start', 'rules', 'gunzip', 'parse', 'state', 'match', 'render'] as const;

/** One of them. */
export type Stage = (typeof STAGES)[number];
