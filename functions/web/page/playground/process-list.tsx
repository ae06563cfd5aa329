import { computed } from '@preact/signals';
import { moveFocus } from '../shell/move-focus.ts';
import { alertPlaces } from '../timeline/view.ts';
import { condition } from './event-filter.ts';
import { treeOf } from './process-tree.ts';
import { shownResult } from './results-state.ts';
import { columns } from './session.ts';

/** Rows that are shown; a machine has thousands of processes, a reader has not. */
const MOST = 1_000;

const rows = computed(() => {
  const shown = columns.value;
  if (shown === undefined) return [];
  const alerts = new Map<number, number>();
  for (const place of alertPlaces.value) {
    const owner = shown.owners[place] as number;
    alerts.set(owner, (alerts.get(owner) ?? 0) + 1);
  }
  return treeOf(shown.processes, alerts);
});

/** The processes of the trace as a tree; one that is chosen filters the events. */
export function ProcessList() {
  return (
    <>
      <ul class="tree" onKeyDown={moveFocus}>
        {rows.value.slice(0, MOST).map(({ place, depth, process, alerts }) => (
          <li key={place}>
            <button
              type="button"
              class="process-row"
              style={{ paddingLeft: `${12 + Math.min(depth, 16) * 18}px` }}
              onClick={() => filterBy(process.pid)}
            >
              <span class={process.events === 0 ? 'program soft' : 'program'}>{process.names.join(' → ')}</span>
              {alerts > 0 && <span class="count alert">{alerts}</span>}
              <span class="mono soft command">{process.command}</span>
              <span class="soft number place">
                {process.container !== '' && <span class="chip">{process.container}</span>} {process.pid}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rows.value.length > MOST && (
        <p class="empty">
          {rows.value.length} processes; the first {MOST} are shown.
        </p>
      )}
    </>
  );
}

function filterBy(pid: number): void {
  condition.value = `proc.pid = ${pid}`;
  shownResult.value = 'events';
}
