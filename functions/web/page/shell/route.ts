import { signal } from '@preact/signals';

/** The places of the page by their paths. */
export const PLACES = [
  { path: '/', title: 'Playground' },
  { path: '/compare', title: 'Compare' },
  { path: '/traces', title: 'Traces' },
  { path: '/suites', title: 'Suites' },
  { path: '/practice', title: 'Practice' },
] as const;

/** The path of a place. */
export type Path = (typeof PLACES)[number]['path'];

/** Where the page is. */
export const path = signal<Path>(pathOf(location.pathname));

addEventListener('popstate', () => (path.value = pathOf(location.pathname)));

/** Goes to a place; `hash` with its `#`, or empty. */
export function go(to: Path, hash = ''): void {
  history.pushState(null, '', `${to}${hash}`);
  path.value = to;
  scrollTo(0, 0);
}

function pathOf(text: string): Path {
  return PLACES.find((place) => place.path === text)?.path ?? '/';
}
