import { expect, it } from 'vitest';
import { MAX_DIAGNOSTICS } from '../../engine/model/limits.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules } from '../../engine/rules/loader.ts';

it('lists every warning of Falco beside more advice than is listed, and says how much that is', () => {
  const advised = Array.from({ length: MAX_DIAGNOSTICS + 1 }, (_, i) =>
    rule(`advised ${i}`, `evt.type=connect and fd.ip in (1.2.3.4)`),
  );
  const warned = rule('warned', 'proc.name=sh');
  const [result] = loadRules([new Source('rules.yaml', [...advised, warned].join(''))]).results;
  expect(result?.lints).toHaveLength(MAX_DIAGNOSTICS + 1);
  const { code, message } = result?.lints.at(-1) ?? {};
  expect(`${code} ${message}`).toMatch(/^LIMIT_DIAGNOSTICS .*: 0 warnings and 1 lints are left out$/);
  expect(result?.warnings.map(({ code }) => code)).toEqual(['LOAD_NO_EVTTYPE']);
});

function rule(name: string, condition: string): string {
  return `- {rule: ${name}, desc: d, output: o, priority: INFO, condition: "${condition}"}\n`;
}
