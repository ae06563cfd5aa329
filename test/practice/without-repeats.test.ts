import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../engine/practice/grade.ts';
import { withoutRepeats } from '../../engine/practice/without-repeats.ts';

const CAUSE = 'Interactive shell in a container is not decided before event 12 of the trace node';

function failed(...feedback: string[]): CheckResult {
  return { about: '', isMet: false, points: 0, of: 1, bonus: false, feedback };
}

describe('feedback of several checks', () => {
  it('tells a long line once in full, and shortens it where it comes again', () => {
    const [first, second] = withoutRepeats([failed(CAUSE), failed(`    ${CAUSE}`, 'no alert')]);
    expect(first?.feedback).toEqual([CAUSE]);
    expect(second?.feedback).toEqual(['    as above: Interactive shell in a container is not decided...', 'no alert']);
  });

  it('says short lines as often as they come', () => {
    const checks = [failed('no alert'), failed('no alert')];
    expect(withoutRepeats(checks)).toEqual(checks);
  });
});
