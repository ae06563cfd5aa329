import type { CheckResult } from './grade.ts';

/** Characters of a line that is told once in full. */
const WORTH_SHORTENING = 48;

/** What was said in full before is not said again: one cause often fails several checks. */
export function withoutRepeats(checks: readonly CheckResult[]): CheckResult[] {
  const told = new Set<string>();
  return checks.map((check) => {
    const feedback = check.feedback.map((line) => {
      const words = line.trimStart();
      if (words.length < WORTH_SHORTENING || !told.has(words)) {
        told.add(words);
        return line;
      }
      return `${line.slice(0, line.length - words.length)}as above: ${words.slice(0, WORTH_SHORTENING).trimEnd()}...`;
    });
    return { ...check, feedback };
  });
}
