import type { DetectOptions } from '../../engine/detect.ts';
import { lacksFor, needsTrace, PreparedDetection } from '../../engine/detect-prepared.ts';
import type { Report } from '../../engine/model/report.ts';
import { alertJson, type AlertJsonOptions } from '../../engine/output/alert-json.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { PreparedTraces } from '../traces/prepared-traces.ts';
import { WHOLE_TRACE } from '../traces/indexer.ts';
import { tenantOf, type Call } from './api.ts';
import type { FoundLines } from './found-lines.ts';
import type { RunInput } from './run-input.ts';

/** Alerts between two pauses in which other requests are served. */
const ALERTS_AT_ONCE = 500;

/** How rules are run. */
interface PreparedRun {
  readonly ruleSet: RuleSet;
  readonly options: Omit<DetectOptions, 'onAlert'>;
  readonly json: AlertJsonOptions | undefined;
}

/**
 * Judges rules on the prepared form of a stored trace: yields alerts as it finds them and gives the report. Gives
 * undefined, and has found nothing, where the trace itself must be run; then its form is made, or made wider, in the
 * background.
 */
export async function* preparedRun(
  call: Call,
  input: RunInput,
  { ruleSet, options, json }: PreparedRun,
  found: FoundLines,
): AsyncGenerator<readonly string[], Report | undefined> {
  if (input.kind !== 'bytes' || input.stored === undefined || needsTrace(options)) return undefined;
  if (!PreparedTraces.isFor(input.stored)) return undefined;
  const { now, indexing } = call.get('settings');
  const prepared = new PreparedTraces(call.get('store')(), tenantOf(call), now);
  const form = await prepared.open(input.stored);
  try {
    const lacks = form && lacksFor(ruleSet, form.trace);
    if (form === undefined || lacks !== undefined) {
      const helps = lacks === undefined || (await prepared.wants.note(lacks));
      if (helps) await indexing?.([{ tenant: tenantOf(call), trace: input.stored.id, segment: WHOLE_TRACE }]);
      return undefined;
    }
    const detection = new PreparedDetection(ruleSet, form.trace, options);
    while (detection.tell(ALERTS_AT_ONCE, (alert) => found.add(alertJson(alert, json)))) {
      yield found.take();
      await new Promise<void>((resume) => setImmediate(resume));
    }
    yield found.take();
    return detection.report();
  } finally {
    form?.close();
  }
}
