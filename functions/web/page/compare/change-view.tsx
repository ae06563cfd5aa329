import { inlineCode } from '../shell/inline-code.tsx';
import { saveFile } from '../shell/open-file.ts';
import { ChangeTable } from './change-table.tsx';
import type { ChangeReport } from '../../../client/service-api.ts';
import { change, changeText } from './compare-state.ts';

const TITLES = {
  vanished: 'Alerts that are gone',
  appeared: 'New alerts',
  changed: 'Alerts that read differently',
} as const;

/** The report on a change of rules, its sentence first. */
export function ChangeView() {
  const shown = change.value;
  if (shown === undefined) return null;
  return (
    <>
      <section class="panel fades" aria-label="Verdict">
        <div class="verdict row wrap">
          <div class="grow" role="status">
            <h2>{shown.verdict}</h2>
          </div>
          <button type="button" class="button" onClick={() => saveFile('change.md', changeText.value)}>
            Save as Markdown
          </button>
        </div>
        <Figures totals={shown.totals} />
      </section>
      {(['vanished', 'appeared', 'changed'] as const).map((kind) => (
        <ChangeTable key={kind} title={TITLES[kind]} groups={shown.groups.filter((group) => group.kind === kind)} />
      ))}
      <Edits change={shown} />
    </>
  );
}

function Figures({ totals }: { readonly totals: ChangeReport['totals'] }) {
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

function Edits({ change: { edits, version } }: { readonly change: ChangeReport }) {
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
                <td>{inlineCode(edit.text ?? edit.kind)}</td>
                <td class="mono soft">{edit.source === undefined ? '' : `${edit.source}:${edit.line ?? ''}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="empty">
        Version: {version.level === 'none' ? 'nothing to raise' : `raise the ${version.level} number`}
        {version.reasons[0] !== undefined && <>, since {inlineCode(version.reasons[0].text)}</>}.
      </p>
    </section>
  );
}
