// Compares all golden alerts and prints what differs: node test/conformance/compare-alerts.ts [NAME...]
import { captureRuns, firstDifference, techniqueRuns } from './golden-alerts.ts';

const BEFORE = 60;
const AFTER = 160;

const asked = process.argv.slice(2);
let equal = 0;
let different = 0;
for (const run of [...captureRuns(), ...techniqueRuns()]) {
  if (asked.length > 0 && !asked.some((name) => run.name.includes(name))) continue;
  const difference = firstDifference(run);
  if (difference === undefined) {
    equal++;
    continue;
  }
  different++;
  const { line, expected, found } = difference;
  const at = [...expected].findIndex((character, i) => character !== found[i]);
  const shown = (text: string) => text.slice(Math.max(0, at - BEFORE), at + AFTER);
  process.stdout.write(`${run.name}, line ${line + 1}\n  expected ${shown(expected)}\n  found    ${shown(found)}\n`);
}
process.stdout.write(`${equal} runs equal, ${different} different\n`);
