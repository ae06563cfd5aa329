import { signal } from '@preact/signals';
import type { Descriptions } from '../../../../engine/describe.ts';

/** The words of the rule language, as the engine describes them; undefined until it was asked. */
export const vocabulary = signal<Omit<Descriptions, 'lints'> | undefined>(undefined);

/** Resolves once the words are known. */
export function vocabularyKnown(): Promise<void> {
  return new Promise((resolve) => {
    const stop = vocabulary.subscribe((words) => {
      if (words !== undefined) queueMicrotask(() => (stop(), resolve()));
    });
  });
}
