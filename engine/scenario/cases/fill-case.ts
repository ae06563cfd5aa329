import type { Node } from '../../document/node.ts';
import type { NodeReader } from '../../document/reading.ts';
import { MAX_SCENARIO_CASES_BYTES } from '../../model/limits.ts';
import type { CasePlan } from './case-plan.ts';
import { Filling } from './fill.ts';

/** What the cases of one story may still write. */
export interface Budget {
  bytes: number;
}

/** What they may write in all. */
export function wholeBudget(): Budget {
  return { bytes: MAX_SCENARIO_CASES_BYTES };
}

/** The story of one case; undefined when all become too long, which is reported. */
export function fillCase(reader: NodeReader, document: Node, plan: CasePlan, budget: Budget): Node | undefined {
  const filling = new Filling(plan.values, budget.bytes);
  const story = filling.node(document);
  budget.bytes -= filling.written;
  if (budget.bytes >= 0) return story;
  const message = `the values of the cases fill more than ${MAX_SCENARIO_CASES_BYTES} bytes`;
  return reader.fail('LIMIT_SCENARIO_CASES', document, message);
}
