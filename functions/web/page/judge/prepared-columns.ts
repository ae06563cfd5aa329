import type { Field } from '../../../../engine/fields/field.ts';
import { Preparation } from '../../../../engine/prepared/preparation.ts';
import { PreparedTrace } from '../../../../engine/prepared/prepared-trace.ts';
import { selectionOf } from '../../../../engine/prepared/selection.ts';
import { USUAL_FIELDS } from '../../../../engine/prepared/usual.ts';
import type { RuleSet } from '../../../../engine/rules/rule-set.ts';
import { CREANCE_VERSION } from '../../../version.ts';
import { feed } from './feed.ts';
import type { HeldTrace } from './held-trace.ts';
import type { Pace } from './pace.ts';

/** Keeps what rules can ask of a trace in columns, for any type of event. An edit is judged on them at once. */
export async function prepare(
  trace: HeldTrace,
  ruleSet: RuleSet,
  wanted: ReadonlySet<string>,
  pace: Pace,
): Promise<PreparedTrace> {
  const { types, fields } = selectionOf([ruleSet], [...USUAL_FIELDS, ...wanted]);
  const preparation = new Preparation({ types: types.map(() => 1), fields: fields as readonly Field[] });
  await feed(trace.bytes, preparation, pace, preparation.wants);
  return new PreparedTrace(preparation.finish({ engine: CREANCE_VERSION, capture: trace.name }));
}
