import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Detection, type DetectOptions } from '../../engine/detect.ts';
import { readHosts } from '../../engine/compare/hosts.ts';
import type { Alert } from '../../engine/model/alert.ts';
import { Source } from '../../engine/model/source.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { alertLine } from '../../engine/output/alert-line.ts';
import { DEFAULT_APPEND_OUTPUT } from '../../engine/output/append-output.ts';
import { loadRules, type LoadOptions } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { CONFORMANCE } from './data.ts';
import { captureBytes } from './golden-fields.ts';

/** The upstream rule files, in the order in which they are loaded. */
const RULE_FILES = ['falco_rules.yaml', 'falco-incubating_rules.yaml', 'falco-sandbox_rules.yaml'];
/** What the golden alerts have in its place is not compared. */
const HOSTNAME = 'oracle';

/** A run of Falco: a capture, rules and what came out. */
export interface AlertRun {
  readonly name: string;
  readonly expected: () => string[];
  readonly found: () => string[];
}

/** The runs over the recorded captures: JSON lines, and text with either form of the time. */
export function captureRuns(): AlertRun[] {
  const folder = join(CONFORMANCE, 'alerts');
  return readdirSync(folder).flatMap((file) => {
    const match = /^(.*)\.(stable|all-first|all-matchall)\.(jsonl|txt|iso\.txt)\.gz$/.exec(file);
    if (match === null) return [];
    const [, capture, variant, form] = match as unknown as [string, string, string, string];
    const asText = form !== 'jsonl';
    return [
      {
        name: file,
        expected: () => {
          const lines = gunzipSync(readFileSync(join(folder, file)))
            .toString()
            .split('\n');
          // Falco's closing statistics follow the alerts of a text.
          return lines.slice(0, asText ? lines.findIndex((line) => line.startsWith('Events detected')) : -1);
        },
        found: () =>
          run(upstreamRules(variant === 'stable' ? 1 : 3), captureBytes(capture), asText ? alertLine : alertJson, {
            matching: variant === 'all-matchall' ? 'all' : 'first',
            isoTime: form === 'iso.txt',
          }),
      },
    ];
  });
}

/** The runs over the recordings of single techniques, each with what fires and what stays quiet. */
export function techniqueRuns(): AlertRun[] {
  const folder = join(CONFORMANCE, 'technique');
  return readdirSync(folder).flatMap((rule) => {
    if (!existsSync(join(folder, rule, 'meta.json'))) return [];
    const meta = JSON.parse(readFileSync(join(folder, rule, 'meta.json'), 'utf8')) as Meta;
    return ['fires', 'quiet'].map((side) => ({
      name: `${rule} ${side}`,
      expected: () =>
        readFileSync(join(folder, rule, `${side}.alerts.jsonl`), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map(unescaped),
      found: () =>
        run(
          upstreamRules(3, meta.extra_rules ?? undefined, { appendOutput: DEFAULT_APPEND_OUTPUT }),
          gunzipSync(readFileSync(join(folder, rule, `${side}.scap.gz`))),
          (alert) => unescaped(alertJson(alert)),
          { matching: 'all', hosts: readHosts(new Source('hosts', meta.replay_hosts ?? '')).hosts },
        ),
    }));
  });
}

/** The first line in which a run differs; undefined when all are equal. */
export function firstDifference({
  expected,
  found,
}: AlertRun): { line: number; expected: string; found: string } | undefined {
  const [wanted, got] = [expected(), found()];
  for (let line = 0; line < Math.max(wanted.length, got.length); line++) {
    const [one, other] = [wanted[line] ?? '(no alert)', got[line] ?? '(no alert)'];
    if (one !== other) return { line, expected: one, found: other };
  }
  return undefined;
}

/** A line of JSON with its characters as they are: these recordings have them escaped. Numbers keep their digits. */
function unescaped(line: string): string {
  const digits = (_: string, value: unknown, context?: { source: string }) =>
    typeof value === 'number' ? `number ${context?.source}` : value;
  return JSON.stringify(JSON.parse(line, digits as (key: string, value: unknown) => unknown));
}

interface Meta {
  readonly extra_rules: string | null;
  readonly replay_hosts: string | null;
}

const RULE_SETS = new Map<string, RuleSet>();

function upstreamRules(files: number, extra?: string, options: LoadOptions = {}): RuleSet {
  const key = JSON.stringify([files, extra, options]);
  const known = RULE_SETS.get(key);
  if (known !== undefined) return known;
  const paths = RULE_FILES.slice(0, files).map((file) => join('rules', file));
  if (extra !== undefined) paths.push(join('technique/rules', extra));
  const sources = paths.map((path) => new Source(path, readFileSync(join(CONFORMANCE, path), 'utf8')));
  const { ruleSet, results } = loadRules(sources, options);
  if (ruleSet === undefined)
    throw new Error(results.flatMap(({ errors }) => errors.map(({ message }) => message)).join());
  RULE_SETS.set(key, ruleSet);
  return ruleSet;
}

function run(
  ruleSet: RuleSet,
  bytes: Uint8Array,
  print: (alert: Alert) => string,
  options: Omit<DetectOptions, 'onAlert'>,
): string[] {
  const lines: string[] = [];
  const detection = new Detection(ruleSet, {
    hostname: HOSTNAME,
    ...options,
    onAlert: (alert) => lines.push(print(alert)),
  });
  const reader = new ScapReader(detection, detection.wants);
  reader.push(bytes);
  reader.end();
  return lines;
}
