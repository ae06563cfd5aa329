import type { NearMisses } from '../../../client/service-api.ts';
import { selected } from './session.ts';

/** What of a trace came near a rule, the nearest first. */
export function NearMissList({ answer }: { readonly answer: NearMisses }) {
  const { rule, nearMisses } = answer;
  return (
    <div class="misses">
      <p>{firedWords(answer)}</p>
      {nearMisses.length > 0 && <h3>Near misses</h3>}
      <ol>
        {nearMisses.map(({ event, count, changes }, place) => (
          <li key={place}>
            <button type="button" class="link mono" onClick={() => (selected.value = { event: event.number, rule })}>
              event {event.number}
            </button>{' '}
            <code>{event.fields['proc.cmdline'] ?? event.type}</code>
            {count > 1 && <span class="soft"> and {count - 1} more like it</span>}
            <ul class="changes">
              {changes.map((change, at) => (
                <li key={at}>
                  <span class="soft">{at === 0 ? 'would fire if' : 'and'}</span> <code>{change.check}</code>{' '}
                  <span class="soft">
                    {change.text === undefined ? '' : `is ${change.text}: `}
                    {change.why}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  );
}

function firedWords({ seen, types, fired }: NearMisses): string {
  const looked = Object.entries(seen);
  const total = looked.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return `It looks at ${types.slice(0, 6).join(', ')} events, and none came.`;
  const times = fired === 0 ? 'Never fired' : fired === 1 ? 'Fired once' : `Fired ${fired} times`;
  const names = looked.map(([type]) => type).slice(0, 6);
  return `${times} in ${total.toLocaleString('en')} ${names.join(', ')} events.`;
}
