import { Conversion, type TargetEncoding } from '../../../engine/convert.ts';
import { Detection } from '../../../engine/detect.ts';
import { Source } from '../../../engine/model/source.ts';
import { alertJson } from '../../../engine/output/alert-json.ts';
import { loadRules } from '../../../engine/rules/loader.ts';
import type { RuleSet } from '../../../engine/rules/rule-set.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { joinBytes } from '../mutate/bytes.ts';
import { changeScap, partOfCapture } from '../mutate/scap.ts';
import { captures, ruleFiles } from '../samples.ts';
import { promise, type Target } from '../target.ts';
import { EVERY_FIELD_RULE } from '../words/every-field.ts';

/** A capture read in one piece and to its last parameter, or in small pieces and only as far as rules want. */
const PIECE_BYTES = 997;

/** Captures, read, followed and matched against rules. */
export const scap: Target<Uint8Array> = {
  name: 'scap',
  kind: 'bytes',
  brief: 120,
  make: (random) => partOfCapture(random.pick(captures()), random),
  change: (capture, random) => changeScap(capture, random, captures()),
  run: (capture) => runTrace(capture, ['scap', 'jsonl']),
};

/**
 * Runs rules over a trace of any encoding; what comes out must not depend on how it is cut.
 *
 * @param faithful encodings that it can be turned into without a difference; a capture doesn't tell events' numbers
 */
export function runTrace(trace: Uint8Array, faithful: readonly TargetEncoding[]): string[] {
  const whole = detect(trace, trace.length, false);
  const cut = detect(trace, PIECE_BYTES, true);
  promise(whole.alerts === cut.alerts, 'other alerts when it is cut and only what is wanted is read');
  promise(
    whole.kinds.join('\n') === cut.kinds.join('\n'),
    'other diagnostics when it is cut and only what is wanted is read',
  );
  for (const to of ['scap', 'jsonl'] as const) {
    const { bytes, complete } = convert(trace, to);
    if (!faithful.includes(to) || !complete || bytes.length === 0) continue;
    const again = detect(bytes, bytes.length, true);
    promise(again.alerts === whole.alerts, `other alerts when it is turned into ${to}`);
    promise(again.events === whole.events, `${again.events} events of ${whole.events} when it is turned into ${to}`);
  }
  return [...new Set(whole.kinds), ...new Set(whole.rules), `events about ${Math.round(Math.log2(1 + whole.events))}`];
}

interface Detected {
  readonly alerts: string;
  readonly rules: readonly string[];
  readonly kinds: readonly string[];
  readonly events: number;
}

function detect(trace: Uint8Array, pieceBytes: number, asWanted: boolean): Detected {
  const alerts: string[] = [];
  const rules: string[] = [];
  const detection = new Detection(ruleSet(), {
    matching: 'all',
    onAlert(alert) {
      rules.push(alert.rule);
      alerts.push(alertJson(alert));
    },
  });
  const reader = new DetectingReader(detection, asWanted ? detection.wants : undefined);
  for (let at = 0; at < trace.length; at += pieceBytes) reader.push(trace.subarray(at, at + pieceBytes));
  reader.end();
  return { alerts: alerts.join('\n'), rules, kinds: heldDiagnostics(reader.diagnostics), events: reader.eventCount };
}

function convert(trace: Uint8Array, to: TargetEncoding): { readonly bytes: Uint8Array; readonly complete: boolean } {
  const parts: Uint8Array[] = [];
  const conversion = new Conversion(to, (bytes) => parts.push(bytes));
  conversion.push(trace);
  conversion.end();
  heldDiagnostics(conversion.diagnostics);
  return { bytes: joinBytes(parts), complete: conversion.diagnostics.every(({ severity }) => severity !== 'error') };
}

let loaded: RuleSet | undefined;

/** The rules at hand, and one that shows every field. */
function ruleSet(): RuleSet {
  if (loaded !== undefined) return loaded;
  const sources = [...ruleFiles(), EVERY_FIELD_RULE].map((file, i) => new Source(`${i}.yaml`, file));
  loaded = loadRules(sources).lastRuleSet;
  if (loaded === undefined) throw new Error('the rules do not load');
  return loaded;
}
