import { readHosts, type Hosts } from '../../engine/compare/hosts.ts';
import { hasErrors, type Diagnostic } from '../../engine/model/diagnostic.ts';
import { MAX_CAPTURE_BYTES } from '../../engine/model/limits.ts';
import { Source } from '../../engine/model/source.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { timezoneOf, UTC, type Timezone } from '../../engine/output/timezone.ts';
import { hostsOfScenario } from '../../engine/scenario/hosts.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';
import { feedSegments, type Fed } from '../store/feed-segments.ts';
import type { TraceManifest } from '../store/trace-manifest.ts';
import type { Call } from './api.ts';
import type { Capture } from './capture.ts';
import type { FoundLines } from './found-lines.ts';
import { Refusal } from './problem.ts';
import { findTrace, tracesOf } from './routes/traces.ts';
import { ScenarioLibrary } from './scenario-library.ts';

/** What a run is over: a scenario to be played, or the bytes of a trace. */
export type RunInput =
  | {
      readonly kind: 'scenario';
      readonly scenario: Scenario;
      readonly diagnostics: readonly Diagnostic[];
      /** Names of addresses that the story tells. */
      readonly hosts: Hosts;
    }
  | {
      readonly kind: 'bytes';
      /** Compressed or not, each a file of its own. */
      readonly segments: Iterable<AsyncIterable<Uint8Array>>;
      /** The stored trace that it is; undefined for one in the request. */
      readonly stored: TraceManifest | undefined;
      readonly hosts: Hosts;
    };

/** A text in a request: alone, or with a name. */
export type TextMember = string | { readonly name?: string | undefined; readonly text: string };

/** Finds the one trace that a request names: a scenario of the library, one in the request, a stored trace, a capture. */
export async function runInput(
  call: Call,
  members: {
    readonly scenario?: TextMember | undefined;
    readonly case?: string | undefined;
    readonly trace?: string | undefined;
  },
  capture: Capture | undefined,
): Promise<RunInput> {
  const { scenario, trace } = members;
  const given = [scenario, trace, capture].filter((one) => one !== undefined).length;
  if (given !== 1) {
    const what = 'exactly one of scenario and trace is needed';
    throw new Refusal('INVALID_REQUEST', what, {
      errors: [{ pointer: given === 0 ? '/scenario' : '/trace', message: what }],
    });
  }
  if (members.case !== undefined && scenario === undefined) {
    const message = 'a case is one of a scenario';
    throw new Refusal('INVALID_REQUEST', message, { errors: [{ pointer: '/case', message }] });
  }
  if (scenario !== undefined) return playable(await scenarioSource(call, scenario), members.case);
  if (capture !== undefined) return { kind: 'bytes', segments: [capture.chunks], stored: undefined, hosts: new Map() };
  const stored = await findTrace(call, trace as string);
  return { kind: 'bytes', segments: tracesOf(call).segments(stored), stored, hosts: new Map() };
}

/** The text of a scenario: by its name in the library, or as given. */
export async function scenarioSource(call: Call, scenario: TextMember): Promise<Source> {
  if (typeof scenario === 'string') return new ScenarioLibrary(call.get('settings').site).source(scenario);
  return new Source(scenario.name ?? 'scenario.yaml', scenario.text);
}

/** Texts as sources; those without a name are called `<base>.yaml`, `<base>-2.yaml` and so on. */
export function sourcesOf(texts: readonly TextMember[], base: string): Source[] {
  return texts.map((text, index) => {
    const fallback = index === 0 ? `${base}.yaml` : `${base}-${index + 1}.yaml`;
    return typeof text === 'string' ? new Source(fallback, text) : new Source(text.name ?? fallback, text.text);
  });
}

/** Names of addresses for a run: those that the trace tells, and those of a table in the form of `/etc/hosts`. */
export function hostsOf({ hosts: told }: RunInput, text: string | undefined): Hosts {
  if (text === undefined) return told;
  const { hosts, diagnostics } = readHosts(new Source('hosts', text));
  if (!hasErrors(diagnostics)) return new Map([...told, ...hosts]);
  throw new Refusal('INVALID_REQUEST', 'hosts is not a table of host names', { diagnostics });
}

/** The zone that a request names; UTC when it names none. */
export function timezoneFrom(name: string | undefined): Timezone {
  const zone = name === undefined ? UTC : timezoneOf(name);
  if (zone !== undefined) return zone;
  throw new Refusal('INVALID_REQUEST', `there is no time zone '${name}'`, {
    errors: [{ pointer: '/timezone', message: 'is not a name of the tz database, nor an offset such as +02:00' }],
  });
}

/** Feeds a trace to a sink and yields, after each piece, what was found in it; otherwise as `feed`. */
export async function* feedAndTake(
  input: RunInput,
  sink: TraceSink,
  found: FoundLines,
  wants?: Uint8Array,
): AsyncGenerator<readonly string[], readonly Diagnostic[]> {
  const feeding = feed(input, sink, wants);
  try {
    for (;;) {
      const { value, done } = await feeding.next();
      yield found.take();
      if (done === true) return value;
    }
  } finally {
    await feeding.return([]);
  }
}

/**
 * Feeds a trace to a sink. Yields after each piece, so that what was found can be sent; gives what was wrong with the
 * trace. Refuses a trace of which nothing could be read.
 *
 * @param wants `WANT` by event type, as for the reader
 */
async function* feed(
  input: RunInput,
  sink: TraceSink,
  wants?: Uint8Array,
): AsyncGenerator<number | undefined, readonly Diagnostic[]> {
  if (input.kind === 'scenario') {
    play(input.scenario, sink);
    yield;
    return input.diagnostics;
  }
  return readable(yield* feedSegments(input.segments, sink, { wants, maxBytes: MAX_CAPTURE_BYTES }));
}

/** What was wrong with a trace; refuses one of which nothing could be read. */
export function readable({ events, diagnostics }: Fed): readonly Diagnostic[] {
  if (events > 0 || !hasErrors(diagnostics)) return diagnostics;
  const first = diagnostics.find(({ severity }) => severity === 'error') as Diagnostic;
  throw new Refusal('TRACE_REFUSED', first.message, { diagnostics });
}

function playable(source: Source, name: string | undefined): RunInput {
  const { scenario, diagnostics } = readScenario(source, { case: name });
  if (scenario !== undefined) return { kind: 'scenario', scenario, diagnostics, hosts: hostsOfScenario(scenario) };
  throw new Refusal('SCENARIO_REFUSED', `the scenario ${source.name} can't be played`, { diagnostics });
}
