import { signal } from '@preact/signals';
import { chosenScheme, rememberScheme } from './scheme-of-document.ts';

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** How the page looks: as chosen, else as the system asks for. */
export const scheme = signal<'light' | 'dark'>(chosenScheme() ?? (DARK.matches ? 'dark' : 'light'));

scheme.subscribe((value) => (document.documentElement.dataset['scheme'] = value));
DARK.addEventListener('change', ({ matches }) => {
  if (chosenScheme() === undefined) scheme.value = matches ? 'dark' : 'light';
});

/** Changes to the other scheme and remembers it. */
export function turnScheme(): void {
  scheme.value = scheme.value === 'dark' ? 'light' : 'dark';
  rememberScheme(scheme.value);
}
