import { Source } from '../../engine/model/source.ts';
import { givenFiles, type FeedGiven } from '../../engine/suite/given-files.ts';
import { Verification } from '../../engine/verify.ts';
import { feedAll } from '../store/feed-segments.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { isTestFile, type StoredRuleSet, type Suite } from './suite.ts';

/** Prepares the tests of a suite: the same numbers for the same suite and rules, wherever it is done. */
export function suiteVerification(suite: Suite, ruleSet: StoredRuleSet | undefined, traces: TraceStore): Verification {
  const sources = suite.files.map(({ name, text }) => new Source(name, text));
  const recorded = Object.entries(suite.traces).map(([path, id]) => [path, feedStored(traces, id)] as const);
  const inputs = suite.files.flatMap((file, i) =>
    isTestFile(file) ? [{ kind: 'test file', source: sources[i] as Source } as const] : [],
  );
  const rules = ruleSet && {
    sources: ruleSet.files.map(({ name, text }) => new Source(name, text)),
    configuration: undefined,
  };
  return new Verification(inputs, givenFiles(sources, new Map(recorded)), { rules });
}

function feedStored(traces: TraceStore, id: string): FeedGiven {
  return async (sink) => {
    const manifest = await traces.find(id);
    if (manifest === undefined) {
      return [{ code: 'TEST_UNREADABLE', severity: 'error', message: `the trace ${id} is not stored any more` }];
    }
    return feedAll(traces.segments(manifest), sink, { wants: sink.wants });
  };
}
