import { loadStack } from '../../../../engine/practice/rule-stack.ts';
import { diagnosticJson, type DiagnosticJson } from '../../../http/diagnostic-json.ts';
import { definitionsOf } from './definitions.ts';
import type { Definition, RuleFile } from './protocol.ts';

/** What Falco says of the rules of a practice machine. */
export interface MachineRules {
  readonly loads: boolean;
  readonly findings: readonly DiagnosticJson[];
  /** Undefined where the rules do not load. */
  readonly definitions: readonly Definition[] | undefined;
}

/** Loads the rules that falco.yaml of these files names. */
export function machineRules(files: readonly RuleFile[]): MachineRules {
  const { ruleSet, findings } = loadStack(new Map(files.map(({ name, text }) => [name, text])));
  return {
    loads: ruleSet !== undefined,
    findings: findings.map(diagnosticJson),
    definitions: ruleSet && definitionsOf(ruleSet, []),
  };
}
