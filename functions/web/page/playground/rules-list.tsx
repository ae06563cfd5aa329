import { reveal } from '../editor/reveal.ts';
import { moveFocus } from '../shell/move-focus.ts';
import { shownFile } from './rule-files.ts';
import { asked } from './explanation-state.ts';
import { selected, verdict } from './session.ts';
import type { ShownRule } from '../judge/protocol.ts';

/** The rules, those that fired first; one that is chosen tells its near misses. */
export function RulesList() {
  const rules = (verdict.value?.rules ?? []).toSorted((a, b) => b.fired - a.fired);
  return (
    <ul class="rules-list" onKeyDown={moveFocus}>
      {rules.map((rule) => (
        <li key={rule.name}>
          <button type="button" class="rule-row" aria-pressed={asked.value === rule.name} onClick={() => ask(rule)}>
            <span class={rule.fired > 0 ? 'count alert' : 'count'}>{rule.fired}</span>
            <span class="rule">{rule.name}</span>
            {!rule.enabled && <span class="chip">off</span>}
            {rule.undecidable !== undefined && (
              <span class="chip alert" title={rule.undecidable}>
                undecidable here
              </span>
            )}
            <span class="soft place">{rule.priority}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function ask({ name, file, offset }: ShownRule): void {
  selected.value = undefined;
  asked.value = name;
  shownFile.value = file;
  reveal(file, offset, offset);
}
