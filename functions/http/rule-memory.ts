import { createHash } from 'node:crypto';
import { MAX_RULES_REMEMBERED, MAX_REMEMBERED_RULES_CHARS } from '../../engine/model/limits.ts';
import type { Source } from '../../engine/model/source.ts';
import type { LoadOptions } from '../../engine/rules/loader.ts';
import type { UsableRules } from './load-rules.ts';

/**
 * Rule sets that were loaded of late, by their text: the same rules are often run over many traces, and loading those
 * of Falco takes longer than a scenario does. What is remembered is the same for everybody and holds nothing of who
 * sent it.
 */
export class RuleMemory {
  readonly #known = new Map<string, { readonly rules: UsableRules; readonly chars: number }>();
  #chars = 0;

  /** The rules that were loaded of these files; undefined where they were not, or not of late. */
  find(key: string | undefined): UsableRules | undefined {
    const found = key === undefined ? undefined : this.#known.get(key);
    if (key === undefined || found === undefined) return undefined;
    this.#known.delete(key);
    this.#known.set(key, found);
    return found.rules;
  }

  /** Remembers rules; forgets those that were asked for longest ago. */
  keep(key: string | undefined, rules: UsableRules, chars: number): void {
    if (key === undefined || chars > MAX_REMEMBERED_RULES_CHARS || this.#known.has(key)) return;
    this.#known.set(key, { rules, chars });
    this.#chars += chars;
    for (const [oldest, { chars: its }] of this.#known) {
      if (this.#known.size <= MAX_RULES_REMEMBERED && this.#chars <= MAX_REMEMBERED_RULES_CHARS) return;
      this.#known.delete(oldest);
      this.#chars -= its;
    }
  }
}

/** What rules are remembered by; undefined where a configuration changes how they are loaded. */
export function rulesKey(sources: readonly Source[], { priority, ...others }: LoadOptions): string | undefined {
  if (Object.values(others).some((option) => option !== undefined)) return undefined;
  const hash = createHash('sha256').update(`${priority ?? ''}\n`);
  for (const { name, text } of sources) hash.update(`${name.length} ${text.length}\n${name}${text}`);
  return hash.digest('base64');
}
