import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import type { AlertRule } from '../../engine/model/alert.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { alertLine } from '../../engine/output/alert-line.ts';
import { appendedOutput, DEFAULT_APPEND_OUTPUT, type OutputAppend } from '../../engine/output/append-output.ts';
import { parseTemplate } from '../../engine/output/parse-template.ts';
import { renderAlert, type AlertOptions } from '../../engine/output/render-alert.ts';
import type { Template } from '../../engine/output/template.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { createSystem } from '../../engine/state/system.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { CONFORMANCE, describeConformance } from '../conformance/data.ts';
import { captureBytes } from '../conformance/golden-fields.ts';
import { linesOf, ruleOf, timeOf, upstreamOutputs } from './golden-outputs.ts';

const HOSTNAME = 'oracle';
const SUFFIX = '.all-matchall.jsonl.gz';

describeConformance('alerts as Falco prints them', () => {
  const outputs = upstreamOutputs();

  it.each(namesIn('alerts', SUFFIX))('JSON lines of %s', (capture) => {
    const lines = linesOf(join('alerts', capture + SUFFIX));
    expect(renderedLines(captureBytes(capture), lines, outputs)).toEqual(lines);
  });

  it.each([
    ['txt', {}],
    ['iso.txt', { isoTime: true }],
  ] as const)('text lines of attack.%s', (kind, options) => {
    const lines = linesOf(join('alerts', 'attack.all-matchall.jsonl.gz'));
    const expected = linesOf(join('alerts', `attack.all-matchall.${kind}.gz`)).slice(0, lines.length);
    const bytes = captureBytes('attack');
    expect(renderedLines(bytes, lines, outputs, [], (alert) => alertLine(alert), options)).toEqual(expected);
  });

  it.each(techniques())('JSON lines with what plugins suggest, of %s', (path) => {
    const lines = linesOf(`${path}.alerts.jsonl`).map(comparable);
    const bytes = gunzipSync(readFileSync(join(CONFORMANCE, `${path}.scap.gz`)));
    expect(renderedLines(bytes, lines, outputs, DEFAULT_APPEND_OUTPUT).map(comparable)).toEqual(lines);
  });
});

/** The alerts that the lines tell of, rendered anew on the events of their times. */
function renderedLines(
  bytes: Uint8Array,
  lines: readonly string[],
  outputs: ReadonlyMap<string, string>,
  append: readonly OutputAppend[] = [],
  show: (alert: ReturnType<typeof renderAlert>) => string = (alert) => alertJson(alert),
  options: AlertOptions = {},
): string[] {
  const rendered: string[] = Array.from(lines, () => 'no event of that time');
  const byTime = Map.groupBy(lines.keys(), (index) => timeOf(lines[index] as string));
  const sink = new SystemSink(createSystem(), (moment) => {
    for (const index of moment.visible ? (byTime.get(moment.event.time()) ?? []) : []) {
      const line = lines[index] as string;
      const rule = ruleOf(line);
      const template = templateOf(outputs.get(rule.name) as string, rule, append);
      rendered[index] = show(renderAlert(rule, template, moment, { hostname: HOSTNAME, ...options }));
    }
  });
  const reader = new ScapReader(sink);
  reader.push(bytes);
  reader.end();
  return rendered;
}

const templates = new Map<string, Template>();

function templateOf(output: string, rule: AlertRule, append: readonly OutputAppend[]): Template {
  const text = appendedOutput(output, rule, append);
  const known = templates.get(text);
  if (known !== undefined) return known;
  const { template } = parseTemplate(ConditionText.ofText(text));
  if (template === undefined) throw new Error(`refused: ${text}`);
  templates.set(text, template);
  return template;
}

/** These lines were printed by another program, which escapes U+FFFD. */
function comparable(line: string): string {
  return line.replaceAll('\\ufffd', '\ufffd');
}

function namesIn(folder: string, suffix: string): string[] {
  const names = readdirSync(join(CONFORMANCE, folder)).filter((name) => name.endsWith(suffix));
  return names.map((name) => name.slice(0, -suffix.length));
}

function techniques(): string[] {
  return readdirSync(join(CONFORMANCE, 'technique'))
    .flatMap((name) => ['fires', 'quiet'].map((kind) => join('technique', name, kind)))
    .filter(
      (path) => existsSync(join(CONFORMANCE, `${path}.alerts.jsonl`)) && linesOf(`${path}.alerts.jsonl`).length > 0,
    );
}
