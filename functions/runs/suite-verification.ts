import { Source } from '../../engine/model/source.ts';
import { givenFiles, type FeedGiven } from '../../engine/suite/given-files.ts';
import type { TraceTaker } from '../../engine/suite/suite-files.ts';
import { Verification } from '../../engine/verify.ts';
import { feedAll } from '../store/feed-segments.ts';
import type { TraceManifest } from '../store/trace-manifest.ts';
import type { TraceStore } from '../store/trace-store.ts';
import type { PreparedTraces } from '../traces/prepared-traces.ts';
import { isTestFile, type StoredRuleSet, type Suite } from './suite.ts';

/** Where traces are, and their prepared forms. */
export interface StoredTraces {
  readonly traces: TraceStore;
  /** Undefined where nothing is run. */
  readonly prepared: PreparedTraces | undefined;
}

/** Prepares the tests of a suite: the same numbers for the same suite and rules, wherever it is done. */
export function suiteVerification(
  suite: Suite,
  ruleSet: StoredRuleSet | undefined,
  { traces, prepared }: StoredTraces,
): Verification {
  const sources = suite.files.map(({ name, text }) => new Source(name, text));
  const recorded = Object.entries(suite.traces).map(
    ([path, id]) => [path, feedStored({ traces, prepared }, id)] as const,
  );
  const inputs = suite.files.flatMap((file, i) =>
    isTestFile(file) ? [{ kind: 'test file', source: sources[i] as Source } as const] : [],
  );
  const rules = ruleSet && {
    sources: ruleSet.files.map(({ name, text }) => new Source(name, text)),
    configuration: undefined,
  };
  return new Verification(inputs, givenFiles(sources, new Map(recorded)), { rules });
}

function feedStored({ traces, prepared }: StoredTraces, id: string): FeedGiven {
  return async (sink) => {
    const manifest = await traces.find(id);
    if (manifest === undefined) {
      return [{ code: 'TEST_UNREADABLE', severity: 'error', message: `the trace ${id} is not stored any more` }];
    }
    if (prepared === undefined) return feedAll(traces.segments(manifest), sink, { wants: sink.wants });
    if (await judgedPrepared(prepared, manifest, sink)) return [];
    const found = await feedAll(traces.segments(manifest), sink, { wants: sink.wants });
    // For the next run; nothing is done where there is a form that is as wide as it should be.
    await prepared.make(manifest);
    return found;
  };
}

/** True when a run took the prepared form of a trace. What a form lacks is noted, so that it is made wider. */
async function judgedPrepared(prepared: PreparedTraces, manifest: TraceManifest, sink: TraceTaker): Promise<boolean> {
  const form = sink.takePrepared === undefined ? undefined : await prepared.open(manifest);
  if (form === undefined) return false;
  try {
    const lacks = sink.takePrepared?.(form.trace);
    if (lacks !== undefined) await prepared.wants.note(lacks);
    return lacks === undefined;
  } finally {
    form.close();
  }
}
