import type { Alert } from '../../engine/model/alert.ts';
import type { ByteString } from '../../engine/model/byte-string.ts';
import type { AlertExpectation, Expectation } from '../../engine/scenario/expect.ts';

/** An alert, and the thread whose event it is about. */
export interface Raised {
  readonly alert: Alert;
  readonly tid: number;
}

/** What a story promised of its alerts and did not keep; nothing when all is well. */
export function broken(
  expectations: readonly Expectation[],
  raised: readonly Raised[],
  pids: ReadonlyMap<ByteString, number>,
): string[] {
  const named = new Set(expectations.flatMap((expected) => (expected.kind === 'alert' ? [expected.rule] : [])));
  const lines = (found: readonly Raised[]) => found.map(({ alert }) => `${alert.rule}: ${alert.message}`);
  return expectations.flatMap((expected) => {
    if (expected.kind === 'alerts')
      return raised.length === expected.count ? [] : [`${raised.length} alerts`, ...lines(raised)];
    if (expected.kind === 'no alert') return lines(raised.filter(({ alert }) => alert.rule === expected.rule));
    if (expected.kind === 'no other alerts') return lines(raised.filter(({ alert }) => !named.has(alert.rule)));
    const ofRule = raised.filter(({ alert }) => alert.rule === expected.rule);
    const fitting = ofRule.filter((one) => fits(expected, one, pids));
    const { least, most } = expected.count;
    if (fitting.length >= least && fitting.length <= most) return [];
    return [`${expected.rule} fired ${fitting.length} times as expected`, ...lines(ofRule)];
  });
}

function fits(expected: AlertExpectation, { alert, tid }: Raised, pids: ReadonlyMap<ByteString, number>): boolean {
  if (expected.by !== undefined && pids.get(expected.by) !== tid) return false;
  if (expected.priority !== undefined && expected.priority !== alert.priority) return false;
  if (expected.output !== undefined && expected.output !== alert.message) return false;
  if (!expected.contains.every((part) => alert.message.includes(part))) return false;
  return [...expected.fields].every(([field, value]) => String(alert.outputFields.get(field)) === value);
}
