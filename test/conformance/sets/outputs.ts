import type { Event } from '../../../engine/model/event.ts';
import { Source } from '../../../engine/model/source.ts';
import { outputFieldsJson } from '../../../engine/output/alert-json.ts';
import { renderAlert } from '../../../engine/output/render-alert.ts';
import { loadRules, type Loaded } from '../../../engine/rules/loader.ts';
import type { Rule } from '../../../engine/rules/rule-set.ts';
import { capturePath, feed, visibleMoments } from '../captures.ts';
import { linesOf, type ConformanceData } from '../conformance-data.ts';
import type { ConformanceSet } from '../conformance-set.ts';
import { normalJson, parseExact } from '../exact-json.ts';
import type { Tally } from '../tally.ts';
import { reasonOfValue } from './unusable-fields.ts';

/** Output formats: the text and the fields that each gives on some events, or why Falco refuses it. */
export const OUTPUTS: ConformanceSet = {
  name: 'outputs',
  cases: 'formats on an event, text and fields together, and refusals',
  units: async (data) => {
    const { accepted } = await goldenFormats(data);
    return [...Object.keys(accepted[0]?.results ?? {}), REFUSALS];
  },
  compare: (data, unit, tally) => (unit === REFUSALS ? compareRefusals(data, tally) : compareTexts(data, unit, tally)),
};

const REFUSALS = 'refusals';
const SHARED_COUNTER = 'thread.cpu*: these fields share one counter, and other rules of the same run moved it';

interface GoldenFormat {
  readonly format: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** By capture. */
  readonly results?: Readonly<Record<string, readonly Rendering[]>>;
}

/** What Falco made of a format on one event. */
interface Rendering {
  readonly 'evt.num': unknown;
  readonly text: string;
  readonly fields: object;
}

interface GoldenFormats {
  readonly accepted: readonly GoldenFormat[];
  readonly refused: readonly GoldenFormat[];
}

let golden: Promise<GoldenFormats> | undefined;

function goldenFormats(data: ConformanceData): Promise<GoldenFormats> {
  golden ??= readFormats(data);
  return golden;
}

async function readFormats(data: ConformanceData): Promise<GoldenFormats> {
  const accepted: GoldenFormat[] = [];
  const refused: GoldenFormat[] = [];
  for await (const line of linesOf(data, 'outputs/outputs.jsonl.gz')) {
    const format = parseExact<GoldenFormat>(line);
    (format.error === undefined ? accepted : refused).push(format);
  }
  return { accepted, refused };
}

/** A format whose text is expected on an event. */
interface Wanted {
  readonly rule: Rule;
  readonly format: string;
  readonly expected: string;
}

async function compareTexts(data: ConformanceData, capture: string, tally: Tally): Promise<void> {
  const { accepted } = await goldenFormats(data);
  const { results, ruleSet } = load(accepted);
  if (ruleSet === undefined) throw new Error(results[0]?.errors.map(({ message }) => message).join('\n'));
  const wanted = new Map<number, Wanted[]>();
  accepted.forEach(({ format, results: byCapture }, index) => {
    for (const { 'evt.num': number, text, fields } of byCapture?.[capture] ?? []) {
      const event = Number(JSON.stringify(number));
      const one = { rule: ruleSet.rules[index] as Rule, format, expected: `${text}\n${JSON.stringify(fields)}` };
      wanted.set(event, [...(wanted.get(event) ?? []), one]);
    }
  });
  const sink = visibleMoments((moment) => {
    const event = moment.event.num;
    for (const { rule, format, expected } of wanted.get(event) ?? []) {
      const alert = renderAlert(rule, rule.output, moment);
      const found = `${alert.message}\n${normalJson(outputFieldsJson(alert))}`;
      tally.compare(format, expected, found, { event, reason: reasonOf(format, moment.event) });
    }
    wanted.delete(event);
  });
  await feed(data, await capturePath(data, capture), sink);
  for (const [event, all] of wanted) {
    for (const { format, expected } of all) tally.compare(format, expected, '(no event)', { event });
  }
}

async function compareRefusals(data: ConformanceData, tally: Tally): Promise<void> {
  for (const format of (await goldenFormats(data)).refused) {
    const [found] = load([format]).results.flatMap(({ errors }) => errors);
    const { code, message } = format.error as NonNullable<GoldenFormat['error']>;
    const said = found === undefined ? 'no error' : `${found.code}: ${found.message}`;
    tally.compare(format.format, `${code}: ${message}`, said);
  }
}

/** Loads formats as the outputs of rules. */
function load(formats: readonly GoldenFormat[]): Loaded {
  const rules = formats.map(
    ({ format }, index) =>
      `- {rule: "r${index}", desc: d, condition: evt.type=open, priority: INFO, output: ${JSON.stringify(format)}}\n`,
  );
  return loadRules([new Source('outputs.yaml', rules.join(''))]);
}

/** Why a format says nothing on an event. */
function reasonOf(format: string, event: Event): string | undefined {
  if (format.includes('%thread.cpu') && event.info.name === 'procinfo') return SHARED_COUNTER;
  return format.includes('%evt.rawarg.ino') ? reasonOfValue('evt.rawarg.ino', event) : undefined;
}
