import { describe, expect, it } from 'vitest';
import { planOf, planOfAll, type Plan } from '../../../agent/plan/plan.ts';
import { check } from '../../../engine/check.ts';
import { Source } from '../../../engine/model/source.ts';

/** The plan of rules, each with a condition. */
function planFor(conditions: Readonly<Record<string, string>>, output = 'x'): Plan {
  const rules = Object.entries(conditions).map(
    ([name, condition]) =>
      `- rule: ${name}\n  desc: d\n  condition: ${condition}\n  output: "${output}"\n  priority: INFO\n`,
  );
  const { ruleSet } = check([new Source('rules.yaml', rules.join(''))]);
  if (ruleSet === undefined) throw new Error('the rules do not load');
  return planOf(ruleSet);
}

function rulesOf(plan: Plan): Record<string, readonly string[]> {
  const wanted = plan.syscalls.filter(({ rules }) => rules.length > 0);
  return Object.fromEntries(wanted.map(({ row, rules }) => [row.syscall, rules]));
}

const namesOf = (plan: Plan) => plan.syscalls.map(({ row }) => row.syscall);

describe('the plan of a rule set', () => {
  it('has the syscalls that its rules name, each with those rules', () => {
    const plan = planFor({ A: 'evt.type in (unlink, unlinkat)', B: 'evt.type = unlinkat and proc.name = rm' });
    expect(rulesOf(plan)).toEqual({ unlink: ['A'], unlinkat: ['A', 'B'] });
  });

  it('follows processes always, and descriptors when a field asks for them', () => {
    const plain = planFor({ A: 'evt.type = execve' });
    for (const name of ['clone', 'clone3', 'execve', 'procexit', 'chdir', 'setuid'])
      expect(namesOf(plain)).toContain(name);
    expect(namesOf(plain)).not.toContain('close');
    const files = planFor({ A: 'evt.type = dup and fd.type = ipv4' });
    for (const name of ['close', 'socket', 'connect', 'openat', 'pipe2']) expect(namesOf(files)).toContain(name);
    expect(namesOf(planFor({ A: 'evt.type = dup' }, '%fd.name'))).toContain('close');
    expect(files.syscalls.find(({ row }) => row.syscall === 'close')?.state).toEqual(['descriptors']);
  });

  it('has a syscall without an event of its own by its name', () => {
    expect(rulesOf(planFor({ A: 'evt.type = setxattr' }))).toEqual({ setxattr: ['A'] });
  });

  it('has everything for a rule that names nothing, and says which rule that is', () => {
    const plan = planFor({ Any: 'proc.name = bad' });
    expect(plan.unbounded).toEqual(['Any']);
    expect(plan.syscalls.length).toBe(planOfAll().syscalls.length);
  });

  it('names events that it does not make', () => {
    expect(planFor({ A: 'evt.type = keyctl' }).missing).toEqual([{ name: 'keyctl', rules: ['A'] }]);
    expect(planFor({ A: 'evt.type = container' }).missing).toEqual([]);
  });
});
