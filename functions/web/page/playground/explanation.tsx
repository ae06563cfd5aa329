import type { EventExplanation } from '../../../client/service-api.ts';
import { NearMissList } from './near-miss-list.tsx';
import { answer, asked } from './explanation-state.ts';
import { selected } from './session.ts';
import { TruthTable } from './truth-table.tsx';

type ExplainedRule = EventExplanation['rules'][number];

/** Why a rule did or did not tell of an event, or what came near a rule. */
export function Explanation() {
  const told = answer.value;
  if (told === undefined) return null;
  return (
    <section class="explanation fades" aria-label="Explanation">
      <div class="bar">
        <h2 class="grow">{titleOf()}</h2>
        {selected.value?.rule !== undefined && (
          <button
            type="button"
            class="button bare"
            onClick={() => (selected.value = { event: selected.value?.event ?? 0, rule: undefined })}
          >
            All rules
          </button>
        )}
        <button type="button" class="button bare" onClick={close} aria-label="Close the explanation" title="Close">
          ×
        </button>
      </div>
      <div class="explanation-body" tabIndex={0} role="region" aria-label="Details">
        {told.kind === 'error' && <p class="empty error-text">{told.text}</p>}
        {told.kind === 'rule' && <NearMissList answer={told.answer} />}
        {told.kind === 'event' && <EventExplained answer={told.answer} values={told.values} />}
      </div>
    </section>
  );
}

function titleOf(): string {
  const told = answer.value;
  if (told?.kind === 'rule') return told.answer.rule;
  if (told?.kind !== 'event') return 'Explanation';
  return `Event ${told.answer.event.number} ${told.answer.event.type}`;
}

function close(): void {
  selected.value = undefined;
  asked.value = undefined;
}

function EventExplained({
  answer: { event, rules, ruleCount },
  values,
}: {
  answer: EventExplanation;
  values: readonly (readonly [string, string])[];
}) {
  const one = selected.value?.rule !== undefined;
  return (
    <div class="explained">
      <div class="explained-rules">
        {rules.length === 0 && <p class="soft">No rule looks at {event.type} events.</p>}
        {(one ? rules.slice(0, 1) : rules.slice(0, MOST_RULES)).map((rule) => (
          <RuleExplained key={rule.rule} rule={rule} event={event.number} isOne={one} />
        ))}
        {!one && ruleCount > MOST_RULES && (
          <p class="soft">
            {ruleCount} rules can see this event; the nearest {MOST_RULES} are shown.
          </p>
        )}
      </div>
      <dl class="values" aria-label="Values">
        {values.map(([field, text]) => (
          <div key={field}>
            <dt class="mono">{field}</dt>
            <dd class="mono" title={text.length > 160 ? text : undefined}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Rules that are shown of one event. */
const MOST_RULES = 12;

function RuleExplained({ rule, event, isOne }: { rule: ExplainedRule; event: number; isOne: boolean }) {
  const fired = rule.outcome === 'fired';
  return (
    <article class="rule-explained">
      <h3>
        <span class={fired ? 'chip alert' : 'chip'}>{fired ? 'fired' : 'silent'}</span> {rule.rule}
      </h3>
      <p class="soft">{rule.text}</p>
      {!fired && rule.changes !== undefined && rule.changes.length > 0 && (
        <ul class="changes" aria-label="It would fire if">
          {rule.changes.slice(0, 6).map((change, place) => (
            <li key={place}>
              <span class="soft">{place === 0 ? 'would fire if' : 'and'}</span> <code>{change.check}</code>{' '}
              <span class="soft">
                {change.text === undefined ? '' : `is ${change.text}: `}
                {change.why}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOne && rule.rows !== undefined && <TruthTable rows={rule.rows} rowCount={rule.rowCount ?? rule.rows.length} />}
      {!isOne && (
        <button type="button" class="link" onClick={() => (selected.value = { event, rule: rule.rule })}>
          Truth table
        </button>
      )}
    </article>
  );
}
