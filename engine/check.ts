import type { Source } from './model/source.ts';
import { loadResultsJson as resultsJson } from './rules/load-result-json.ts';
import { loadResultsText as resultsText } from './rules/load-result-text.ts';
import { loadRules, type Loaded, type LoadOptions } from './rules/loader.ts';

/** Loads rule files in the order given, as `falco -V` does: every file is judged, also after one that failed. */
export function check(sources: readonly Source[], options: LoadOptions = {}): Loaded {
  return loadRules(sources, options);
}

/** What was found as Falco prints it with `json_output: true`, on one line, with the exact place of each entry beside. */
export function loadResultsJson({ results }: Loaded): string {
  return resultsJson(results);
}

/** What was found as `falco -V` prints it. */
export function loadResultsText({ results }: Loaded): string {
  return resultsText(results);
}
