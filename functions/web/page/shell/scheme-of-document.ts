const KEY = 'creance-scheme';

/** The scheme that was chosen on this machine before; undefined leaves it to the system. */
export function chosenScheme(): 'light' | 'dark' | undefined {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : undefined;
}

/** Remembers what was chosen. */
export function rememberScheme(value: 'light' | 'dark'): void {
  localStorage.setItem(KEY, value);
}

const chosen = chosenScheme();
if (chosen !== undefined) document.documentElement.dataset['scheme'] = chosen;
