import { explain, isRefused } from '../../../../engine/explain.ts';
import { answerJson } from '../../../../engine/explanation/explanation-json.ts';
import { Filtering, readQuery, type Query } from '../../../../engine/filter.ts';
import type { RuleSet } from '../../../../engine/rules/rule-set.ts';
import { diagnosticJson, type DiagnosticJson } from '../../../http/diagnostic-json.ts';
import { feed } from './feed.ts';
import type { HeldTrace } from './held-trace.ts';
import type { Pace } from './pace.ts';

/** Fields that are shown of an event, where they have a value. */
const SHOWN = [
  'evt.num',
  'evt.type',
  'evt.time',
  'evt.res',
  'evt.args',
  'proc.name',
  'proc.pid',
  'proc.cmdline',
  'proc.exepath',
  'proc.cwd',
  'proc.tty',
  'proc.pname',
  'proc.pcmdline',
  'proc.ppid',
  'proc.aname[2]',
  'proc.aname[3]',
  'proc.sname',
  'user.name',
  'user.uid',
  'user.loginname',
  'fd.num',
  'fd.type',
  'fd.name',
  'fd.directory',
  'fd.sip',
  'fd.sport',
  'fd.cip',
  'fd.l4proto',
  'container.id',
  'container.name',
  'container.image.repository',
  'container.image.tag',
  'k8s.ns.name',
  'k8s.pod.name',
];

/** The truth table of a rule at an event, of all rules at an event, or the near misses of a rule; as JSON. */
export async function explained(
  ruleSet: RuleSet,
  trace: HeldTrace,
  question: { readonly event?: number; readonly rule?: string },
  pace: Pace,
): Promise<string> {
  const asked = explain(ruleSet, question, { hosts: trace.hosts });
  if (isRefused(asked)) throw new Error(asked.message);
  await feed(trace.bytes, asked, pace, asked.wants);
  const answer = asked.answer();
  if (answer.kind === 'refused') throw new Error(answer.diagnostic.message);
  return answerJson(answer);
}

/** Values of the fields that an event has. */
export async function valuesAt(
  event: number,
  trace: HeldTrace,
  pace: Pace,
): Promise<readonly (readonly [string, string])[]> {
  const { query } = readQuery(`evt.num = ${event}`, SHOWN);
  const found: (readonly [string, string])[] = [];
  const filtering = new Filtering(query as Query, {
    hosts: trace.hosts,
    onEvent: ({ texts }) => found.push(...[...texts].filter(([, text]) => text !== '<NA>' && text !== '')),
  });
  await feed(trace.bytes, filtering, pace, filtering.wants);
  return found;
}

/** What a filter finds: `evt.num` of each event, or what is wrong with it. */
export interface Filtered {
  readonly events: readonly number[] | undefined;
  readonly findings: readonly DiagnosticJson[];
}

/** Finds the events that match a condition. */
export async function filtered(condition: string, trace: HeldTrace, pace: Pace): Promise<Filtered> {
  const { query, diagnostics } = readQuery(condition);
  const findings = diagnostics.map(diagnosticJson);
  if (query === undefined) return { events: undefined, findings };
  const events: number[] = [];
  const filtering = new Filtering(query, { hosts: trace.hosts, onEvent: ({ number }) => events.push(number) });
  await feed(trace.bytes, filtering, pace, filtering.wants);
  return { events, findings };
}
