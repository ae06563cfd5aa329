import { planOf, planOfAll, type Plan, type PlannedSyscall } from '../../agent/plan/plan.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { check } from '../../engine/check.ts';
import { EXIT, UsageError, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { readRuleFiles } from './rule-files.ts';

/** The plan of the rules given, or of everything; undefined when the rules do not load, which has been told by then. */
export function planFrom(given: Given, terminal: Terminal): Plan | undefined {
  if (given.has('all')) return planOfAll();
  const rules = rulesFrom(given, terminal, 'rules');
  return rules === undefined ? undefined : planOf(rules);
}

/** The rules that a flag names; undefined when they do not load, which has been told by then. */
export function rulesFrom(given: Given, terminal: Terminal, flag: 'rules' | 'freeze-on'): RuleSet | undefined {
  const files = given.flags(flag);
  if (files.length === 0) throw new UsageError('-r RULES is missing');
  const { ruleSet, results } = check(readRuleFiles(files));
  reportDiagnostics(
    results.flatMap((file) => [...file.errors, ...file.warnings]),
    terminal,
  );
  return ruleSet;
}

/** `creance agent plan`. */
export async function planCommand(given: Given, terminal: Terminal): Promise<number> {
  const plan = planFrom(given, terminal);
  if (plan === undefined) return EXIT.NO;
  await terminal.write(given.has('json') ? planJson(plan) : planText(plan));
  return EXIT.YES;
}

/** One JSON value: every syscall with its reasons. */
function planJson({ syscalls, unbounded, missing }: Plan): string {
  const list = syscalls.map(({ row, rules, state }) => ({ syscall: row.syscall, rules, state }));
  return `${JSON.stringify({ syscalls: list, unbounded, missing })}\n`;
}

const SHOWN_RULES = 3;

function planText({ syscalls, unbounded, missing }: Plan): string {
  const wide = Math.max(...syscalls.map(({ row }) => row.syscall.length));
  const lines = syscalls.map((planned) => `  ${planned.row.syscall.padEnd(wide)}  ${reason(planned)}`);
  const all = unbounded.map((rule) => `  ${rule}: names no evt.type, so every syscall is recorded for it`);
  const none = missing.map(({ name, rules }) => `  ${name}: ${rules.join(', ')}`);
  return [
    `${syscalls.length} syscalls are recorded`,
    ...lines,
    ...(all.length === 0 ? [] : ['', 'rules that look at everything', ...all]),
    ...(none.length === 0 ? [] : ['', 'events that this recorder does not make', ...none]),
    '',
  ].join('\n');
}

function reason({ rules, state }: PlannedSyscall): string {
  const known = state.length === 0 ? [] : [`state: ${state.join(', ')}`];
  if (rules.length === 0) return known.join('; ');
  const rest = rules.length - SHOWN_RULES;
  const named = rules.slice(0, SHOWN_RULES).join(', ');
  return [rest > 0 ? `${named} and ${rest} more rules` : named, ...known].join('; ');
}
