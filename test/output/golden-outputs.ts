import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readDocuments } from '../../engine/document/read-documents.ts';
import type { Node } from '../../engine/document/node.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import type { AlertRule } from '../../engine/model/alert.ts';
import { Source } from '../../engine/model/source.ts';
import { CONFORMANCE } from '../conformance/data.ts';

/** A format that Falco rendered on some events, or refused. */
export interface GoldenFormat {
  readonly format: string;
  readonly error: string | undefined;
  readonly renderings: readonly GoldenRendering[];
}

/** What Falco made of a format on one event; the fields as JSON texts by key. */
export interface GoldenRendering {
  readonly capture: string;
  readonly event: number;
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** All formats of the data. */
export function goldenFormats(): GoldenFormat[] {
  return linesOf(join('outputs', 'outputs.jsonl.gz')).map((line) => {
    const { format, error, results } = JSON.parse(line, asText) as {
      format: string;
      error?: { message: string };
      results?: Record<string, { 'evt.num': string; text: string; fields: Record<string, unknown> }[]>;
    };
    const renderings = Object.entries(results ?? {}).flatMap(([capture, all]) =>
      all.map(({ 'evt.num': event, text, fields }) => ({
        capture,
        event: Number(event),
        text,
        fields: jsonTexts(fields),
      })),
    );
    return { format, error: error?.message, renderings };
  });
}

/** Lines of a file of the data that may be compressed, none for a file that isn't there. */
export function linesOf(path: string): string[] {
  const bytes = readFileSync(join(CONFORMANCE, path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** The rule of an alert, from the line that Falco printed. */
export function ruleOf(line: string): AlertRule {
  const { rule, priority, source, tags } = JSON.parse(line) as Omit<AlertRule, 'name'> & { rule: string };
  return { name: rule, priority, source, tags };
}

/** The time of an alert, which tells its event. */
export function timeOf(line: string): bigint {
  return BigInt(/"evt\.time":(\d+)/.exec(line)?.[1] as string);
}

/** The outputs of all upstream rules by name, and of the rules that some techniques add. */
export function upstreamOutputs(): ReadonlyMap<string, string> {
  const folders = ['rules', join('technique', 'rules')].map((folder) => join(CONFORMANCE, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name)),
  );
  const outputs = new Map<string, string>();
  for (const file of files) {
    for (const item of itemsOf(file)) {
      const [rule, output] = [textAt(item, 'rule'), textAt(item, 'output')];
      if (rule !== undefined && output !== undefined) outputs.set(rule, output.trim());
    }
  }
  return outputs;
}

function itemsOf(file: string): Node[] {
  const { documents } = readDocuments(new Source(file, readFileSync(file, 'utf8')));
  return documents.flatMap((node) => (node.kind === 'sequence' ? node.items : []));
}

function textAt(node: Node, key: string): string | undefined {
  if (node.kind !== 'mapping') return undefined;
  const pair = node.pairs.find((candidate) => candidate.key.kind === 'scalar' && candidate.key.text === key);
  return pair?.value.kind === 'scalar' ? toUnicode(pair.value.text) : undefined;
}

/** Numbers as they are written, digit by digit. */
function asText(this: unknown, key: string, value: unknown, context?: { source: string }): unknown {
  return typeof value === 'number' ? new Digits(context?.source ?? String(value)) : value;
}

class Digits {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

function jsonTexts(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, jsonTextOf(value)]));
}

function jsonTextOf(value: unknown): string {
  if (value instanceof Digits) return value.toString();
  return Array.isArray(value) ? `[${value.map(jsonTextOf).join(',')}]` : JSON.stringify(value);
}
