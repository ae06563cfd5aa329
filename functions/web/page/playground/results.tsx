import { Tabs } from '../shell/tabs.tsx';
import { AlertsList } from './alerts-list.tsx';
import { EventsTable } from './events-table.tsx';
import { ProcessList } from './process-list.tsx';
import { shownResult, type Result } from './results-state.ts';
import { RulesList } from './rules-list.tsx';
import { columns, story, verdict } from './session.ts';
import { StoryEditor } from './story-editor.tsx';

const SHOWN = {
  alerts: AlertsList,
  events: EventsTable,
  processes: ProcessList,
  rules: RulesList,
  scenario: StoryEditor,
} as const;

/** What came of it: alerts, events, processes, rules; and the story itself. */
export function Results() {
  const Shown = SHOWN[shownResult.value];
  const tabs = [
    { id: 'alerts', title: titled('Alerts', verdict.value?.alertCount, true) },
    { id: 'events', title: titled('Events', columns.value?.numbers.length) },
    { id: 'processes', title: titled('Processes', columns.value?.processes.length) },
    { id: 'rules', title: titled('Rules', verdict.value?.rules.length) },
    ...(story.value === undefined ? [] : [{ id: 'scenario', title: 'Scenario' }]),
  ];
  return (
    <section class="results" aria-label="Results">
      <div class="bar">
        <Tabs
          name="results"
          label="Results"
          tabs={tabs}
          chosen={shownResult.value}
          onChoose={(id) => (shownResult.value = id as Result)}
        />
      </div>
      <div class="results-body" role="tabpanel" id="results-panel" aria-labelledby={`results-${shownResult.value}`}>
        <Shown />
      </div>
    </section>
  );
}

function titled(title: string, count: number | undefined, isAlert = false) {
  return (
    <>
      {title}
      <span class={isAlert && count !== undefined && count > 0 ? 'count alert' : 'count'}>
        {count?.toLocaleString('en') ?? ' '}
      </span>
    </>
  );
}
