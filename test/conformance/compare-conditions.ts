// Compares all golden conditions and prints what differs: node test/conformance/compare-conditions.ts [CAPTURE...]
import {
  conditionCaptures,
  errorDifferences,
  goldenConditions,
  loadConditions,
  matchDifferences,
  warningDifferences,
  type ConditionDifference,
} from './condition-differences.ts';

const MOST_SHOWN = 10;
const MOST_CHARACTERS = 200;

const conditions = goldenConditions();
const loaded = loadConditions(conditions);
const asked = process.argv.slice(2);

print('errors', conditions.length - loaded.conditions.length, errorDifferences(conditions));
print('warnings', loaded.conditions.length, warningDifferences(loaded));
for (const capture of asked.length > 0 ? asked : conditionCaptures(conditions)) {
  const start = performance.now();
  const differences = matchDifferences(loaded, capture);
  print(`${capture} (${Math.round(performance.now() - start)} ms)`, loaded.conditions.length, differences);
}

function print(what: string, total: number, differences: readonly ConditionDifference[]): void {
  const alone = differences.filter((difference) => difference.alone).length;
  process.stdout.write(`${what}: ${total - differences.length} equal, ${differences.length - alone} different`);
  process.stdout.write(alone === 0 ? '\n' : `, ${alone} different of those that are counted apart\n`);
  for (const { condition, expected, found } of differences.slice(0, MOST_SHOWN)) {
    const cut = (text: string) => text.slice(0, MOST_CHARACTERS);
    process.stdout.write(`  ${cut(condition)}\n    expected ${cut(expected)}\n    found    ${cut(found)}\n`);
  }
}
