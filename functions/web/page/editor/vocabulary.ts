import { signal } from '@preact/signals';
import type { Descriptions } from '../../../../engine/describe.ts';

/** The words of the rule language, as the engine describes them; undefined until it was asked. */
export const vocabulary = signal<Omit<Descriptions, 'lints'> | undefined>(undefined);
