import { describe, expect, it } from 'vitest';
import { machineRules } from '../../../functions/web/page/judge/machine-rules.ts';

const CONFIGURATION = { name: '/etc/falco/falco.yaml', text: 'rules_files: [/etc/falco/a.yaml, /etc/falco/rules.d]\n' };
const MACRO = { name: '/etc/falco/a.yaml', text: '- macro: boxed\n  condition: container.id != host\n' };

function rule(condition: string): { name: string; text: string } {
  const text = `- rule: R\n  desc: d\n  condition: ${condition}\n  output: o\n  priority: INFO\n`;
  return { name: '/etc/falco/rules.d/10.yaml', text };
}

describe('what the practice editor is told of the rules', () => {
  it('are the names of all files that falco.yaml names, with their places', () => {
    const { loads, definitions } = machineRules([CONFIGURATION, MACRO, rule('evt.type = open and boxed')]);
    expect(loads).toBe(true);
    expect(definitions?.map(({ kind, name, file }) => [kind, name, file])).toEqual([
      ['macro', 'boxed', '/etc/falco/a.yaml'],
      ['rule', 'R', '/etc/falco/rules.d/10.yaml'],
    ]);
  });

  it('is what does not load, where it stands, and no names', () => {
    const wrong = rule('evt.type = open and boxd');
    const { loads, findings, definitions } = machineRules([CONFIGURATION, MACRO, wrong]);
    expect([loads, definitions]).toEqual([false, undefined]);
    const error = findings.find(({ severity }) => severity === 'error');
    expect(error).toMatchObject({ source: wrong.name, start: { line: 3 } });
  });

  it('is that a file without falco.yaml is no Falco', () => {
    expect(machineRules([MACRO]).findings[0]?.message).toContain('/etc/falco/falco.yaml');
  });
});
