import { PRIORITIES, type Priority } from '../model/priority.ts';
import type { Rule } from './rule-set.ts';

/** One entry of Falco's `rules:` configuration: which rules to switch on or off, by name pattern or by tag. */
export interface Selection {
  readonly action: 'enable' | 'disable';
  readonly by: 'rule' | 'tag';
  /** A rule name in which `*` stands for anything, or a tag as it is. */
  readonly pattern: string;
}

/**
 * The rules that run, in the order in which they are tried: that of definition, save that a rule which a selection
 * switches on goes to the end. Rules less grave than `priority` never run.
 */
export function activeRules(rules: readonly Rule[], priority: Priority, selections: readonly Selection[]): Rule[] {
  const most = PRIORITIES.indexOf(priority);
  const candidates = rules.filter((rule) => PRIORITIES.indexOf(rule.priority) <= most);
  // A set keeps the order in which rules came in.
  const active = new Set(candidates.filter(({ enabled }) => enabled));
  for (const { action, by, pattern } of selections) {
    for (const rule of candidates) {
      if (by === 'tag' ? !rule.tags.includes(pattern) : !matchesWildcard(pattern, rule.name)) continue;
      if (action === 'enable') active.add(rule);
      else active.delete(rule);
    }
  }
  return [...active];
}

/**
 * Falco's wildcard match: each piece between stars is looked for at its first place and never moved, so a pattern that
 * does not end in a star matches only when its last piece's first occurrence is at the end.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let rest = text;
  let afterStar = false;
  let from = 0;
  while (from < pattern.length) {
    if (pattern[from] === '*') {
      afterStar = true;
      from++;
      continue;
    }
    const star = pattern.indexOf('*', from);
    const piece = pattern.slice(from, star === -1 ? undefined : star);
    const found = rest.indexOf(piece);
    if (found === -1 || (!afterStar && found !== 0)) return false;
    rest = rest.slice(found + piece.length);
    afterStar = false;
    from += piece.length;
  }
  return afterStar || rest === '';
}
