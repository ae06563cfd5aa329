import { explain, isRefused, type Answer, type ExplainingOptions, type Question } from '../../engine/explain.ts';
import { EventExplainer } from '../../engine/explanation/event-explainer.ts';
import type { RuleExplanation } from '../../engine/explanation/explain-moment.ts';
import type { TruthRow } from '../../engine/explanation/truth-table.ts';
import { Source } from '../../engine/model/source.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { loadRules, type LoadOptions } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { JsonlReader } from '../../engine/trace/jsonl/jsonl-reader.ts';

/** A shell, a program that it ran, an open that failed, a connection, and what no rule sees. */
export const TRACE = String.raw`{"section":1}
{"process":{"tid":7,"pid":7,"ptid":1,"comm":"sh","exe":"sh","uid":0}}
{"process":{"tid":8,"pid":8,"ptid":7,"comm":"Nginx","exe":"/usr/sbin/nginx","cwd":"/srv/","uid":33}}
{"num":1,"time":1700000000000000001,"tid":8,"cpu":0,"type":"SYSCALL_OPEN_X","params":{"fd":4,"name":"/etc/nginx/Ünïcode.conf","flags":1,"mode":0}}
{"num":2,"time":1700000000000000002,"tid":8,"cpu":0,"type":"SYSCALL_OPEN_X","params":{"fd":-2,"name":"/tmp/\u001b[31mred","flags":1,"mode":0}}
{"num":3,"time":1700000000000000003,"tid":7,"cpu":0,"type":"SYSCALL_DUP_1_X","params":{"res":5,"oldfd":4}}
{"num":5,"time":1700000000000000005,"tid":8,"cpu":0,"type":"SYSCALL_OPEN_E","params":{"name":"/etc/passwd","flags":1,"mode":0}}
{"num":6,"time":1700000000000000006,"tid":8,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":4}}
`;

/** Rules from YAML; throws when they don't load. */
export function rulesOf(yaml: string, options: LoadOptions = {}): RuleSet {
  const { ruleSet, results } = loadRules([new Source('rules.yaml', yaml)], options);
  if (ruleSet === undefined) throw new Error(results[0]?.errors[0]?.message);
  return ruleSet;
}

/** A rule file with one rule of this condition and no event type to it. */
export function ruleOf(condition: string, before = ''): RuleSet {
  return rulesOf(
    `${before}\n- rule: r\n  desc: d\n  condition: ${JSON.stringify(condition)}\n  output: o\n  priority: INFO\n`,
  );
}

/** Feeds lines of JSON to a sink. */
export function feed(sink: TraceSink, trace = TRACE): void {
  const reader = new JsonlReader(sink);
  reader.push(new TextEncoder().encode(trace));
  reader.end();
  if (reader.diagnostics.length > 0) throw new Error(reader.diagnostics[0]?.message);
}

/** Asks a trace; throws when the question is refused. */
export function ask(rules: RuleSet, question: Question, options: ExplainingOptions = {}, trace = TRACE): Answer {
  const asked = explain(rules, question, options);
  if (isRefused(asked)) throw new Error(`${asked.message}: ${asked.hint}`);
  feed(asked, trace);
  return asked.answer();
}

/** The explanation of the first rule at an event of the trace. */
export function explainFirst(rules: RuleSet, event: number, trace = TRACE): RuleExplanation {
  const explainer = new EventExplainer(rules, event, rules.rules[0]);
  feed(explainer, trace);
  const [explanation] = explainer.explanation?.explanations ?? [];
  if (explanation === undefined) throw new Error(`event ${event} did not come`);
  return explanation;
}

/** The parts of a row: the rows after it that are one deeper. */
export function partsOfRow(rows: readonly TruthRow[], index: number): TruthRow[] {
  const { depth } = rows[index] as TruthRow;
  const parts: TruthRow[] = [];
  for (let i = index + 1; i < rows.length && (rows[i] as TruthRow).depth > depth; i++) {
    if ((rows[i] as TruthRow).depth === depth + 1) parts.push(rows[i] as TruthRow);
  }
  return parts;
}
