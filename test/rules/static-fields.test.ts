import { describe, expect, it } from 'vitest';
import { check } from '../../engine/check.ts';
import { Detection } from '../../engine/detect.ts';
import type { Alert } from '../../engine/model/alert.ts';
import { Source } from '../../engine/model/source.ts';
import { readConfiguration } from '../../engine/rules/configuration.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';

const CONFIGURATION = 'static_fields: {node: edge-7, zone: eu}\nappend_output: [{suggested_output: true}]\n';
const STORY = 'story: a shell\nactors: {sh: /bin/sh}\nsteps: [sh runs: /usr/bin/id]\n';
const RULE = `- rule: r
  desc: d
  priority: INFO
  condition: CONDITION
  output: "OUTPUT"
`;
const OUTPUT = '%static.node %toupper(static.zone) %static.nodes';

function alerts(condition: string, configuration = CONFIGURATION, output = OUTPUT): Alert[] | string[] {
  const load = readConfiguration(new Source('falco.yaml', configuration)).configuration?.load;
  const { ruleSet, results } = check(
    [new Source('r.yaml', RULE.replace('CONDITION', condition).replace('OUTPUT', output))],
    load,
  );
  if (ruleSet === undefined) return results.flatMap(({ errors }) => errors.map(({ message }) => message));
  const found: Alert[] = [];
  const { scenario } = readScenario(new Source('s.yaml', STORY));
  if (scenario === undefined) throw new Error('the story does not read');
  play(scenario, new Detection(ruleSet, { onAlert: (alert) => found.push(alert) }));
  return found;
}

describe('static fields of a configuration', () => {
  it('are compared, printed and suggested like fields of events', () => {
    const [alert] = alerts(
      'evt.type = execve and static.node = edge-7 and tolower(static.zone) in (eu, us)',
    ) as Alert[];
    expect(alert?.message).toMatch(/^edge-7 EU edge-7s static_node=edge-7 static_zone=eu container_id=host /);
    expect(alert?.outputFields.get('static.node')).toBe('edge-7');
  });

  it('decide as well where they do not hold', () => {
    expect(alerts('evt.type = execve and static.node != edge-7')).toEqual([]);
    expect(alerts('evt.type = execve and static.node exists')).toHaveLength(1);
  });

  it('are no fields without a configuration that names them, or with an argument', () => {
    expect(alerts('evt.type = execve and static.other = a', CONFIGURATION, 'o')).toEqual([
      expect.stringContaining('nonexistent field static.other'),
    ]);
    expect(alerts('evt.type = execve and static.node[1] = a', CONFIGURATION, 'o')).toEqual([
      expect.stringContaining('nonexistent field static.node[1]'),
    ]);
    expect(alerts('evt.type = execve and static.node = a', 'priority: debug', 'o')).toEqual([
      expect.stringContaining('nonexistent field static.node'),
    ]);
    expect(alerts('evt.type = execve', 'priority: debug')).toEqual([expect.stringContaining('unknown filter')]);
  });
});
