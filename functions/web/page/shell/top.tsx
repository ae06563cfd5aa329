import { go, path, PLACES } from './route.ts';
import { scheme, turnScheme } from './scheme.ts';

/** The head of the page: its name, its places, light or dark. */
export function Top() {
  return (
    <header class="top">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <a class="name" href="/" onClick={(event) => visit(event, '/')}>
        <img src="/mark.svg" alt="Creance" width="24" height="24" />
        <span aria-hidden="true">Creance</span>
      </a>
      <nav class="tabs" aria-label="Places">
        {PLACES.map((place) => (
          <a
            key={place.path}
            class="tab"
            href={place.path}
            aria-current={path.value === place.path ? 'page' : undefined}
            onClick={(event) => visit(event, place.path)}
          >
            {place.title}
          </a>
        ))}
        <a class="tab" href="/docs">
          API
        </a>
      </nav>
      <div class="top-tools">
        <button type="button" class="button bare" onClick={turnScheme} aria-label={`Use the ${other()} scheme`}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.4" />
            <path d="M8 1.800a6.200 6.200 0 0 1 0 12.400z" fill="currentColor" />
          </svg>
        </button>
      </div>
    </header>
  );
}

function other(): string {
  return scheme.value === 'dark' ? 'light' : 'dark';
}

function visit(event: MouseEvent, to: (typeof PLACES)[number]['path']): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(to);
}
