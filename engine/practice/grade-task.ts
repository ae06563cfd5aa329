import { findingOf } from '../suite/place.ts';
import type { SuiteFiles } from '../suite/suite-files.ts';
import { deadSilence, gradeAlerts } from './checks/alerts.ts';
import { gradeAnswer } from './checks/answer.ts';
import { gradeChange } from './checks/change.ts';
import { gradeConfig } from './checks/config.ts';
import { gradeFile } from './checks/file.ts';
import { gradeLog } from './checks/log.ts';
import { gradePlace } from './checks/place.ts';
import { gradeProof } from './checks/proof.ts';
import { gradeRule } from './checks/rule.ts';
import { gradeService } from './checks/service.ts';
import { gradeState } from './checks/state.ts';
import { gradeValid } from './checks/valid.ts';
import { gradeWritten } from './checks/written.ts';
import type { CheckResult, Grade, Grading, Machinery } from './grade.ts';
import { loadStack } from './rule-stack.ts';
import type { MachineFiles, Task } from './task.ts';
import type { Demand, TaskCheck } from './task-check.ts';

/** Kinds that can't be judged unless the rules load. */
const NEEDS_RULES: ReadonlySet<Demand['kind']> = new Set(['alerts', 'change', 'rule']);

/**
 * Grades what was handed in, by what it does: rules are run, output is compared as rendered, files and answers are looked
 * at. Whatever does the same scores the same.
 *
 * @param files opens stories, with the task's variables filled in
 */
export async function gradeTask(
  task: Task,
  handedIn: MachineFiles,
  files: SuiteFiles,
  machinery: Machinery,
): Promise<Grade> {
  const stack = loadStack(handedIn);
  const grading: Grading = { task, handedIn, stack, files, machinery, fired: new Set() };
  const found: { check: TaskCheck; lines: string[] }[] = [];
  for (const check of task.checks) found.push({ check, lines: await feedbackOn(check.demand, grading) });
  const checks = found.map(({ check, lines }): CheckResult => {
    const { demand, about, bonus, points: of, tell } = check;
    const feedback = lines.length === 0 && demand.kind === 'alerts' ? deadSilence(demand, grading) : lines;
    const isMet = feedback.length === 0;
    // Where nothing could be run, nothing was understood wrongly.
    const isRun = stack.ruleSet !== undefined || !NEEDS_RULES.has(demand.kind);
    const told = lines.length === 0 || tell === undefined || !isRun ? feedback : [...feedback, tell];
    return { about, isMet, points: isMet ? of : 0, of, bonus, feedback: told };
  });
  const sum = (bonus: boolean, key: 'points' | 'of'): number =>
    checks.reduce((total, check) => total + (check.bonus === bonus ? check[key] : 0), 0);
  const [score, of] = [sum(false, 'points'), sum(false, 'of')];
  return {
    task: task.id,
    seed: task.seed,
    score,
    of,
    bonus: sum(true, 'points'),
    bonusOf: sum(true, 'of'),
    passed: score === of,
    checks,
    findings: stack.findings.map((one) => findingOf(one)),
  };
}

/** Why a demand is not met; empty when it is. */
function feedbackOn(demand: Demand, grading: Grading): string[] | Promise<string[]> {
  switch (demand.kind) {
    case 'valid':
      return gradeValid(demand, grading);
    case 'alerts':
      return gradeAlerts(demand, grading);
    case 'rule':
      return gradeRule(demand, grading);
    case 'place':
      return gradePlace(demand, grading);
    case 'change':
      return gradeChange(demand, grading);
    case 'answer':
      return gradeAnswer(demand, grading);
    case 'log':
      return gradeLog(demand, grading);
    case 'written':
      return gradeWritten(demand, grading);
    case 'config':
      return gradeConfig(demand, grading);
    case 'proof':
      return gradeProof(demand, grading);
    case 'state':
      return gradeState(demand, grading);
    case 'service':
      return gradeService(demand, grading);
    case 'file':
      return gradeFile(demand, grading);
  }
}
