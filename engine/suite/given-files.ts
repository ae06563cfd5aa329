import type { Diagnostic } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';
import { pathFrom } from './file-path.ts';
import type { SuiteFiles, TraceTaker } from './suite-files.ts';

/** Feeds a trace that was given under a name. */
export type FeedGiven = (sink: TraceTaker) => Promise<readonly Diagnostic[]>;

/** Files that were given with their texts, as a request gives them; there are no others. */
export function givenFiles(sources: readonly Source[], traces: ReadonlyMap<string, FeedGiven> = new Map()): SuiteFiles {
  const byPath = new Map(sources.map((source) => [pathFrom('', source.name), source]));
  const recorded = new Map([...traces].map(([name, feed]) => [pathFrom('', name), feed]));
  const below = (folder: string): string[] => {
    const all = [...byPath.keys(), ...recorded.keys()].toSorted();
    return folder === '' || folder === '.' ? all : all.filter((path) => path.startsWith(`${folder}/`));
  };
  return {
    texts(path) {
      const source = byPath.get(path);
      if (source !== undefined) return { sources: [source], diagnostics: [] };
      const inside = below(path).filter((one) => /\.ya?ml$/.test(one) && !one.slice(path.length + 1).includes('/'));
      return { sources: inside.flatMap((one) => byPath.get(one) ?? []), diagnostics: [] };
    },
    below,
    has: (path) => byPath.has(path) || recorded.has(path),
    feed: async (path, sink) => (await recorded.get(path)?.(sink)) ?? [],
  };
}
