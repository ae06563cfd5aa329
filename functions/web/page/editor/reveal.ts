import { signal } from '@preact/signals';

/** A stretch of a file that an editor should show. */
export const revealed = signal<{ readonly name: string; readonly from: number; readonly to: number } | undefined>(
  undefined,
);

/** Asks the editor of a file to show a stretch of it, in characters. */
export function reveal(name: string, from: number, to: number): void {
  revealed.value = { name, from, to };
}
