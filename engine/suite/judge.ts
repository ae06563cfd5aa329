import type { AlertPattern, Expectation } from '../scenario/expect.ts';
import { misfits, type Raised, type Scene } from './raised.ts';
import { expectationText, timesText } from './words.ts';

/** Alerts of one rule that are listed in a failure; the rest is counted. */
const LISTED = 5;

/** What became of one expectation. */
export interface Verdict {
  readonly expectation: Expectation;
  readonly isMet: boolean;
  /** What was expected, in words. */
  readonly expected: string;
  /** What came, a line each; empty when it is met. */
  readonly came: readonly string[];
  /** The alert of the same rule that comes nearest, and what is different about it. */
  readonly nearest: readonly string[];
  /** Rules that fired and should not have. */
  readonly wrong: readonly string[];
  /** Rules that did not fire, or not often enough. */
  readonly missing: readonly string[];
  /** Rules that fired more often than they should have. */
  readonly tooOften: readonly string[];
}

/** Judges what is expected against what was raised, in the order written. */
export function judge(expected: readonly Expectation[], raised: readonly Raised[], scene: Scene): Verdict[] {
  const named = rulesNamed(expected);
  return expected.map((expectation) => {
    switch (expectation.kind) {
      case 'alert': {
        const { least, most } = expectation.count;
        const ofRule = raised.filter(({ alert }) => alert.rule === expectation.rule);
        const fitting = ofRule.filter((one) => misfits(expectation, one, scene).length === 0);
        if (fitting.length >= least && fitting.length <= most) return met(expectation);
        const missing = ofRule.length < least ? [expectation.rule] : [];
        const nearest = fitting.length < least ? nearestAlert(expectation, ofRule, scene) : [];
        const tooOften = fitting.length > most ? [expectation.rule] : [];
        return unmet(expectation, firedText(fitting, ofRule), { nearest, missing, tooOften });
      }
      case 'no alert': {
        const wrong = raised.filter((one) => misfits(expectation, one, scene).length === 0);
        if (wrong.length === 0) return met(expectation);
        return unmet(expectation, [`it fired ${timesText(wrong.length)}`, ...listed(wrong)], {
          wrong: [expectation.rule],
        });
      }
      case 'alerts':
        if (raised.length === expectation.count) return met(expectation);
        return unmet(expectation, [`${raised.length} in all`, ...listed(raised)], {
          wrong: expectation.count === 0 ? [...new Set(raised.map(({ alert }) => alert.rule))] : [],
        });
      case 'no other alerts': {
        const others = raised.filter(({ alert }) => !named.has(alert.rule));
        if (others.length === 0) return met(expectation);
        return unmet(expectation, listed(others), { wrong: [...new Set(others.map(({ alert }) => alert.rule))] });
      }
      case 'in order':
        return judgeOrder(expectation, raised, scene);
    }
  });
}

/** Rules that must fire by name. */
export function rulesNamed(expected: readonly Expectation[]): Set<string> {
  return new Set(
    expected.flatMap((one) => {
      if (one.kind === 'alert') return [one.rule];
      return one.kind === 'in order' ? one.alerts.map(({ rule }) => rule) : [];
    }),
  );
}

function judgeOrder(
  expectation: Extract<Expectation, { kind: 'in order' }>,
  raised: readonly Raised[],
  scene: Scene,
): Verdict {
  let at = 0;
  for (const [number, pattern] of expectation.alerts.entries()) {
    const found = raised.findIndex((one, index) => index >= at && misfits(pattern, one, scene).length === 0);
    if (found === -1) {
      const earlier = raised.some((one) => misfits(pattern, one, scene).length === 0);
      const before = expectation.alerts[number - 1]?.rule;
      const where = before === undefined ? '' : ` after '${before}'`;
      const head = `'${pattern.rule}' did not come${where}${earlier ? ', only before' : ''}; what came of these, in order:`;
      const fired = raised.some(({ alert }) => alert.rule === pattern.rule);
      const named = raised.filter(({ alert }) => expectation.alerts.some(({ rule }) => rule === alert.rule));
      return unmet(expectation, [head, ...listed(named)], {
        nearest: nearestAlert(pattern, raised.slice(at), scene),
        missing: fired ? [] : [pattern.rule],
      });
    }
    at = found + 1;
  }
  return met(expectation);
}

function firedText(fitting: readonly Raised[], ofRule: readonly Raised[]): string[] {
  if (ofRule.length === 0) return ['it did not fire'];
  const isFit = fitting.length === ofRule.length;
  const head = isFit
    ? `it fired ${timesText(ofRule.length)}`
    : `it fired ${timesText(ofRule.length)}, ${fitting.length === 0 ? 'never' : timesText(fitting.length)} as expected`;
  return [head, ...listed(ofRule)];
}

/** What is different about the alert that fits best of those that do not. */
function nearestAlert(pattern: AlertPattern, raised: readonly Raised[], scene: Scene): string[] {
  let best: string[] = [];
  for (const one of raised) {
    if (one.alert.rule !== pattern.rule) continue;
    const found = misfits(pattern, one, scene);
    if (found.length > 0 && (best.length === 0 || found.length + 1 < best.length)) {
      best = [`the alert of event ${one.alert.eventNumber}:`, ...found];
    }
  }
  return best;
}

function listed(raised: readonly Raised[]): string[] {
  const lines = raised
    .slice(0, LISTED)
    .map(({ alert }) => `${alert.rule} (${alert.priority}), event ${alert.eventNumber}: ${alert.message}`);
  const more = raised.length - LISTED;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

const NOTHING = { came: [], nearest: [], wrong: [], missing: [], tooOften: [] };

function met(expectation: Expectation): Verdict {
  return { expectation, isMet: true, expected: expectationText(expectation), ...NOTHING };
}

function unmet(
  expectation: Expectation,
  came: readonly string[],
  more: Partial<Pick<Verdict, 'nearest' | 'wrong' | 'missing' | 'tooOften'>> = {},
): Verdict {
  return { expectation, isMet: false, expected: expectationText(expectation), ...NOTHING, came, ...more };
}
