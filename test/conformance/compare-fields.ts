/**
 * Compares the fields with what the real Falco read, capture by capture:
 *
 *     node test/conformance/compare-fields.ts [--field=NAME]... [CAPTURE]...
 *
 * Prints for each field that differs how many values are equal and how many are not, and the first that aren't.
 */
import { compareFields, type CaptureComparison } from './field-comparison.ts';
import { goldenCaptures } from './golden-fields.ts';

const SHOWN = 3;
const WIDTH = 160;

const args = process.argv.slice(2);
const asked = args.filter((arg) => arg.startsWith('--field=')).map((arg) => arg.slice('--field='.length));
const captures = args.filter((arg) => !arg.startsWith('--'));
const totals = new Map<string, { equal: number; different: number; captures: string[] }>();

for (const capture of captures.length > 0 ? captures : goldenCaptures()) {
  const comparison = compareFields(capture, asked.length > 0 ? asked : undefined);
  report(capture, comparison);
  for (const { name, equal, different } of comparison.fields) {
    const total = totals.get(name) ?? { equal: 0, different: 0, captures: [] };
    total.equal += equal;
    total.different += different;
    if (different > 0) total.captures.push(capture);
    totals.set(name, total);
  }
}
summarise();

function report(capture: string, { fields, missing, extra }: CaptureComparison): void {
  const wrong = fields.filter(({ different }) => different > 0);
  const all = fields.reduce((sum, { equal, different }) => sum + equal + different, 0);
  const differing = fields.reduce((sum, { different }) => sum + different, 0);
  console.log(`== ${capture}: ${differing} of ${all} values differ`);
  if (missing.length > 0) console.log(`   events that Falco shows and we don't: ${short(missing)}`);
  if (extra.length > 0) console.log(`   events that we show and Falco doesn't: ${short(extra)}`);
  for (const { name, equal, different, first } of wrong) {
    console.log(`   ${name}: ${equal} equal, ${different} different`);
    for (const { event, type, expected, found } of first.slice(0, SHOWN)) {
      console.log(`      ${event} ${type}: expected ${cut(expected)} found ${cut(found)}`);
    }
  }
}

function summarise(): void {
  const wrong = [...totals]
    .filter(([, { different }]) => different > 0)
    .sort(([, a], [, b]) => b.different - a.different);
  console.log(`\n${wrong.length} of ${totals.size} fields differ somewhere`);
  for (const [name, { equal, different, captures: where }] of wrong) {
    console.log(
      `${name.padEnd(40)} ${String(equal).padStart(8)} equal ${String(different).padStart(7)} different in ${where.length} captures`,
    );
  }
}

function short(numbers: readonly number[]): string {
  return numbers.length > 10 ? `${numbers.slice(0, 10).join(' ')} ... (${numbers.length})` : numbers.join(' ');
}

function cut(value: string | undefined): string {
  return value === undefined ? 'no value' : value.length > WIDTH ? `${value.slice(0, WIDTH)}...` : value;
}
