import type { ComponentChildren } from 'preact';

/** One of several tabs. */
export interface TabChoice {
  readonly id: string;
  readonly title: ComponentChildren;
}

/** Tabs of which one is chosen; arrow keys go from one to the next. The panel has the id `<name>-panel`. */
export function Tabs(props: {
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly TabChoice[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const { name, label, tabs, chosen, onChoose } = props;
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length] as TabChoice;
    onChoose(next.id);
    document.getElementById(`${name}-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${name}-${id}`}
          class="tab"
          aria-selected={id === chosen}
          aria-controls={`${name}-panel`}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
