import { check } from '../../engine/check.ts';
import { hasErrors, type Diagnostic } from '../../engine/model/diagnostic.ts';
import { priorityOf, PRIORITIES, type Priority } from '../../engine/model/priority.ts';
import type { LoadOptions, LoadResult } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { Refusal } from './problem.ts';
import { RuleMemory, rulesKey } from './rule-memory.ts';
import { sourcesOf, type TextMember } from './run-input.ts';

/** Rules that load, and what Falco warns of in them. */
export interface UsableRules {
  readonly ruleSet: RuleSet;
  readonly warnings: readonly Diagnostic[];
}

const MEMORY = new RuleMemory();

/** Loads the rule files of a request, unless that was done of late; refuses those that Falco would not load. */
export function usableRules(rules: readonly TextMember[], options: LoadOptions): UsableRules {
  const sources = sourcesOf(rules, 'rules');
  const key = rulesKey(sources, options);
  const known = MEMORY.find(key);
  if (known !== undefined) return known;
  const { results, ruleSet } = check(sources, options);
  const diagnostics = results.flatMap(findingsOf);
  if (ruleSet !== undefined && !hasErrors(diagnostics)) {
    const usable = { ruleSet, warnings: diagnostics };
    MEMORY.keep(
      key,
      usable,
      sources.reduce((sum, { text }) => sum + text.length, 0),
    );
    return usable;
  }
  const failed = results.filter(({ successful }) => !successful).map(({ source }) => source.name);
  throw new Refusal('RULES_REFUSED', `Falco would not load ${failed.join(', ')}`, { diagnostics });
}

function findingsOf({ errors, warnings, lints }: LoadResult): Diagnostic[] {
  return [...errors, ...warnings, ...lints];
}

/** The priority that a request names, in any case, as an option of loading. */
export function priorityFrom(word: string | undefined): { priority?: Priority } {
  if (word === undefined) return {};
  const priority = priorityOf(word);
  if (priority !== undefined) return { priority };
  throw new Refusal('INVALID_REQUEST', `there is no priority '${word}'`, {
    errors: [{ pointer: '/priority', message: `is none of ${PRIORITIES.join(', ')}` }],
  });
}
