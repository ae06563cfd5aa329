import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CONFORMANCE } from './data.ts';

/** What the real Falco read on one event: comparable texts (see `fieldJson`) by field name; absent is no value. */
export interface GoldenEvent {
  readonly number: number;
  readonly values: Readonly<Record<string, string>>;
}

/** Names of the captures for which there are field values. */
export function goldenCaptures(): string[] {
  return readdirSync(join(CONFORMANCE, 'fields'))
    .filter((name) => name.endsWith('.jsonl.gz'))
    .map((name) => name.slice(0, -'.jsonl.gz'.length));
}

/** The fields that were asked for, arguments included. */
export function goldenFieldNames(): readonly string[] {
  return JSON.parse(readFileSync(join(CONFORMANCE, 'fields', 'fieldlist.json'), 'utf8')) as string[];
}

/** All events of a capture that reached the rules, by number. */
export function goldenEvents(capture: string): Map<number, GoldenEvent> {
  const lines = gunzipSync(readFileSync(join(CONFORMANCE, 'fields', `${capture}.jsonl.gz`)))
    .toString('utf8')
    .split('\n');
  const events = lines.filter((line) => line !== '').map(goldenEvent);
  return new Map(events.map((event) => [event.number, event]));
}

/** The bytes of a capture, decompressed. */
export function captureBytes(capture: string): Uint8Array {
  const folder = join(CONFORMANCE, 'captures');
  const file = readdirSync(folder).find((name) => name === `${capture}.scap` || name === `${capture}.scap.gz`);
  if (file === undefined) throw new Error(`no capture ${capture}`);
  const bytes = readFileSync(join(folder, file));
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

function goldenEvent(line: string): GoldenEvent {
  const values = JSON.parse(line, comparable) as Record<string, string>;
  return { number: Number(values['evt.num']), values };
}

/** Numbers keep their digits, which is what the source of a primitive is for. */
function comparable(this: unknown, key: string, value: unknown, context?: { source: string }): unknown {
  if (typeof value === 'number') return context?.source ?? String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.join(',')}]`;
  return typeof value === 'object' ? value : String(value);
}
