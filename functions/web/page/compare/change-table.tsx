import { inlineCode } from '../shell/inline-code.tsx';
import { gathered, type Gathered, type GatheredTrace, type ChangeGroup } from './gathered.ts';

/** Lines that are shown of each kind. */
const MOST = 60;
/** Traces that are named for a line. */
const MOST_TRACES = 50;
const LABELS = { attack: 'attack', benign: 'ordinary work', unknown: 'not labelled' } as const;
const TONES = { attack: 'chip alert', benign: 'chip ok', unknown: 'chip' } as const;

/** Changed alerts of one kind: what happened to which rule, on what, and because of which edit. */
export function ChangeTable({ title, groups }: { readonly title: string; readonly groups: readonly ChangeGroup[] }) {
  if (groups.length === 0) return null;
  const lines = gathered(groups);
  return (
    <section class="panel" aria-label={title}>
      <h2>
        {title} <span class="count">{groups.reduce((sum, { count }) => sum + count, 0).toLocaleString('en')}</span>
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
            {lines.slice(0, MOST).map((line, place) => (
              <Line key={place} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > MOST && (
        <p class="empty">
          {lines.length} lines; the {MOST} with the most alerts are shown.
        </p>
      )}
    </section>
  );
}

function Line({ line: { rule, ruleAfter, cause, count, traces, example } }: { readonly line: Gathered }) {
  return (
    <tr>
      <td class="number">{count.toLocaleString('en')}</td>
      <td>
        {rule}
        {ruleAfter !== undefined && <div class="soft">now told by {ruleAfter}</div>}
      </td>
      <td>
        <details>
          <summary>
            {(['attack', 'benign', 'unknown'] as const).map((label) => (
              <Labelled key={label} label={label} traces={traces} />
            ))}
          </summary>
          <ul class="changed-traces">
            {traces.slice(0, MOST_TRACES).map(({ name, count: alerts }) => (
              <li key={name}>
                {name} <span class="soft number">{alerts}</span>
              </li>
            ))}
            {traces.length > MOST_TRACES && <li class="soft">and {traces.length - MOST_TRACES} more</li>}
          </ul>
        </details>
      </td>
      <td>
        {inlineCode(cause)}
        {example !== undefined && <Example example={example} />}
      </td>
    </tr>
  );
}

function Labelled(props: { readonly label: GatheredTrace['label']; readonly traces: readonly GatheredTrace[] }) {
  const { label, traces } = props;
  const own = traces.filter((trace) => trace.label === label);
  const [only] = own;
  if (only === undefined) return null;
  return (
    <span class="changed-label">
      {own.length === 1 ? only.name : `${own.length} traces`} <span class={TONES[label]}>{LABELS[label]}</span>
    </span>
  );
}

/** One alert before and after, for those who want to see it. */
function Example({ example: { before, after } }: { readonly example: NonNullable<Gathered['example']> }) {
  return (
    <details class="changed-example">
      <summary class="soft">an example</summary>
      <pre tabIndex={0}>
        {[before && `- ${before.output}`, after && `+ ${after.output}`].filter((text) => text !== undefined).join('\n')}
      </pre>
    </details>
  );
}
