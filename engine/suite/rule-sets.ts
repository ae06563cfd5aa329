import type { Diagnostic } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';
import type { Configuration } from '../rules/configuration.ts';
import { loadRules } from '../rules/loader.ts';
import type { RuleSet } from '../rules/rule-set.ts';

/** Rules that were loaded, or why they were not. */
interface LoadedRules {
  readonly ruleSet: RuleSet | undefined;
  readonly errors: readonly Diagnostic[];
}

/** Loads each set of rules once, however many test files try it. */
export class RuleSets {
  readonly #known = new Map<string, LoadedRules>();

  /** Files in order, with what a configuration says of them. */
  load(sources: readonly Source[], configuration: Configuration | undefined): LoadedRules {
    const key = JSON.stringify([sources.map(({ name, text }) => [name, text]), configuration?.load]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { ruleSet, results } = loadRules(sources, configuration?.load);
    const loaded = { ruleSet, errors: results.flatMap(({ errors }) => errors) };
    this.#known.set(key, loaded);
    return loaded;
  }
}
