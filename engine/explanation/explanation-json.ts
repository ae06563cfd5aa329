import { Double, type JsonValue } from '../model/alert.ts';
import type { Span } from '../model/source.ts';
import { jsonString, jsonText } from '../output/json-text.ts';
import type { EventFacts } from './event-facts.ts';
import type { EventExplanation } from './event-explainer.ts';
import type { RuleExplanation } from './explain-moment.ts';
import type { ExplainedCheck } from './explained-check.ts';
import type { NearMissReport } from './near-misses.ts';
import { outcomeText } from './outcome-text.ts';
import type { TruthRow } from './truth-table.ts';

/** What is written as JSON here: integers keep all their digits, undefined members are left out. */
type Plain = JsonValue | undefined | readonly Plain[] | { readonly [member: string]: Plain };

/** An answer as JSON text. */
export function answerJson(
  answer: { kind: 'event'; explanation: EventExplanation } | { kind: 'rule'; report: NearMissReport },
): string {
  return answer.kind === 'event' ? eventExplanationJson(answer.explanation) : nearMissesJson(answer.report);
}

/** An explained event as JSON text: `{"event": ..., "rules": [...]}`. Rows of a truth table are flat, with their depth. */
function eventExplanationJson({ event, visible, explanations, ruleCount }: EventExplanation): string {
  return written({ event: facts(event), visible, ruleCount, rules: explanations.map((one) => explained(one, event)) });
}

/** What a trace says of one rule as JSON text. */
function nearMissesJson(report: NearMissReport): string {
  const { firings, misses, ...rest } = report;
  return written({
    ...rest,
    firings: firings.map(facts),
    nearMisses: misses.map(({ event, count, distance, changes }) => ({
      event: facts(event),
      count,
      distance,
      changes: changes.map(checkPlain),
    })),
  });
}

function explained(explanation: RuleExplanation, event: EventFacts): Plain {
  const { rule, outcome, holds, shadowedBy, changes, distance, table } = explanation;
  return {
    rule: rule.name,
    priority: rule.priority,
    place: place(rule.span),
    outcome,
    text: outcomeText(explanation, event),
    holds,
    shadowedBy,
    distance: distance === Infinity ? null : distance,
    changes: changes?.map(checkPlain),
    rowCount: table?.rowCount,
    rows: table?.rows.map(rowPlain),
  };
}

function rowPlain({ depth, kind, name, holds, decisive, reached, span, check }: TruthRow): Plain {
  const head = { depth, kind, name, holds, decisive, reached };
  return check === undefined ? { ...head, place: span && place(span) } : { ...head, ...(checkPlain(check) as object) };
}

function checkPlain({ span, value, typed, reason, ...check }: ExplainedCheck): Plain {
  return { ...check, value: typed, text: value, reason: reason.code, why: reason.text, place: place(span) };
}

function facts({ number, time, type, entry, fields }: EventFacts): Plain {
  return { number, time, type, ...(entry && { entry }), fields: fields as Readonly<Record<string, string>> };
}

function place(span: Span): Plain {
  const { line, column } = span.source.position(span.start);
  return { file: span.source.name, line: line + 1, column: column + 1 };
}

function written(value: Plain): string {
  if (Array.isArray(value)) return `[${(value as readonly Plain[]).map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Double) return jsonText(value as JsonValue);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${jsonString(name)}:${written(member as Plain)}`).join(',')}}`;
}
