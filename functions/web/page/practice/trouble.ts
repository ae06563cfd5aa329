import { signal } from '@preact/signals';

/** What went wrong, for people. */
export const practiceTrouble = signal<string | undefined>(undefined);

/** Does something, and tells what went wrong with it. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    practiceTrouble.value = undefined;
  } catch (error) {
    practiceTrouble.value = (error as Error).message;
  }
}
