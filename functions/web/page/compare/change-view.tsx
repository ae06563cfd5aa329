import type { ChangeGroupJson, ChangeJson } from './change-shapes.ts';
import { change } from './compare-state.ts';

/** Groups that are listed of each kind. */
const MOST = 60;
const TITLES = {
  vanished: 'Alerts that are gone',
  appeared: 'New alerts',
  changed: 'Alerts that read differently',
} as const;
const LABELS = { attack: 'attack', benign: 'ordinary work', unknown: 'not labelled' } as const;

/** The report on a change of rules, its sentence first. */
export function ChangeView() {
  const shown = change.value;
  if (shown === undefined) return null;
  return (
    <>
      <section class="panel fades" aria-label="Verdict">
        <div class="verdict">
          <h2>{shown.verdict}</h2>
        </div>
        <Figures totals={shown.totals} />
      </section>
      {(['vanished', 'appeared', 'changed'] as const).map((kind) => (
        <Groups key={kind} title={TITLES[kind]} groups={shown.groups.filter((group) => group.kind === kind)} />
      ))}
      <Edits change={shown} />
    </>
  );
}

function Figures({ totals }: { readonly totals: ChangeJson['totals'] }) {
  const { workloads, events } = totals;
  const traces = workloads.attack + workloads.benign + workloads.unknown;
  return (
    <dl class="figures">
      <Figure name="alerts before" value={totals.alertsBefore} />
      <Figure name="alerts after" value={totals.alertsAfter} />
      <Figure
        name="attacks not seen any more"
        value={totals.attacksUnseen}
        tone={totals.attacksUnseen > 0 ? 'bad' : ''}
      />
      <Figure
        name="attacks newly seen"
        value={totals.attacksNewlySeen}
        tone={totals.attacksNewlySeen > 0 ? 'good' : ''}
      />
      <Figure name="new noise" value={totals.newNoise} tone={totals.newNoise > 0 ? 'bad' : ''} />
      <Figure name="less noise" value={totals.lessNoise} tone={totals.lessNoise > 0 ? 'good' : ''} />
      <Figure name={`traces, ${events.toLocaleString('en')} events`} value={traces} />
    </dl>
  );
}

function Figure({ name, value, tone = '' }: { readonly name: string; readonly value: number; readonly tone?: string }) {
  return (
    <div class={tone}>
      <dt>{name}</dt>
      <dd>{value.toLocaleString('en')}</dd>
    </div>
  );
}

function Groups({ title, groups }: { readonly title: string; readonly groups: readonly ChangeGroupJson[] }) {
  if (groups.length === 0) return null;
  return (
    <section class="panel" aria-label={title}>
      <h2>
        {title} <span class="count">{groups.reduce((sum, { count }) => sum + count, 0)}</span>
      </h2>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={`${title}, table`}>
        <table>
          <thead>
            <tr>
              <th class="number">alerts</th>
              <th>rule</th>
              <th>on</th>
              <th>because</th>
            </tr>
          </thead>
          <tbody>
            {groups.slice(0, MOST).map((group, place) => (
              <tr key={place}>
                <td class="number">{group.count}</td>
                <td>
                  {group.rule}
                  {group.ruleAfter !== undefined && group.ruleAfter !== group.rule && (
                    <div class="soft">now told by {group.ruleAfter}</div>
                  )}
                </td>
                <td>
                  {group.workload}{' '}
                  <span class={group.label === 'attack' ? 'chip alert' : group.label === 'benign' ? 'chip ok' : 'chip'}>
                    {LABELS[group.label]}
                  </span>
                </td>
                <td>{group.cause.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {groups.length > MOST && (
        <p class="empty">
          {groups.length} groups; the largest {MOST} are listed.
        </p>
      )}
    </section>
  );
}

function Edits({ change: { edits, version } }: { readonly change: ChangeJson }) {
  if (edits.length === 0) return null;
  return (
    <section class="panel" aria-label="Edits">
      <h2>
        Edits <span class="count">{edits.length}</span>
      </h2>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Edits, table">
        <table>
          <thead>
            <tr>
              <th class="number">alerts</th>
              <th>edit</th>
              <th>place</th>
            </tr>
          </thead>
          <tbody>
            {edits.slice(0, 200).map((edit) => (
              <tr key={edit.number}>
                <td class="number">{edit.alerts}</td>
                <td>{edit.text ?? edit.kind}</td>
                <td class="mono soft">{edit.source === undefined ? '' : `${edit.source}:${edit.line ?? ''}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="empty">
        Version: {version.level === 'none' ? 'nothing to raise' : `raise the ${version.level} number`}
        {version.reasons[0] !== undefined && `, since ${version.reasons[0].text}`}.
      </p>
    </section>
  );
}
