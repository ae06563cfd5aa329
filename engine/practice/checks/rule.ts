import { nearest } from '../../model/nearest.ts';
import type { Grading } from '../grade.ts';
import type { RuleDemand } from '../task-check.ts';

/** Priority, source, tags and whether it runs. */
export function gradeRule({ rule, priority, source, tags, enabled }: RuleDemand, { stack }: Grading): string[] {
  const { ruleSet } = stack;
  if (ruleSet === undefined) return ['the rules do not load'];
  const found = ruleSet.rules.find(({ name }) => name === rule);
  if (found === undefined) {
    const near = nearest(
      rule,
      ruleSet.rules.map(({ name }) => name),
    );
    return [`there is no rule '${rule}'${near === undefined ? '' : `; there is one called '${near}'`}`];
  }
  const lines: string[] = [];
  if (priority !== undefined && found.priority !== priority) {
    lines.push(`the priority of '${rule}' is ${found.priority}, not ${priority}`);
  }
  if (source !== undefined && found.source !== source) {
    lines.push(`the source of '${rule}' is ${found.source}, not ${source}`);
  }
  const missing = tags.filter((tag) => !found.tags.includes(tag));
  if (missing.length > 0)
    lines.push(`'${rule}' has the tags [${found.tags.join(', ')}]; ${missing.join(', ')} is missing`);
  const isOn = ruleSet.active.includes(found);
  if (enabled !== undefined && enabled !== isOn) {
    const why = found.enabled ? 'falco.yaml' : 'its file';
    lines.push(isOn ? `'${rule}' still runs` : `'${rule}' is switched off by ${why}`);
  }
  return lines;
}
