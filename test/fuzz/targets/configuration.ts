import { Source } from '../../../engine/model/source.ts';
import { readConfiguration } from '../../../engine/rules/configuration.ts';
import { loadRules } from '../../../engine/rules/loader.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeText } from '../mutate/text.ts';
import { promise, type Target } from '../target.ts';
import { YAML_WORDS } from '../words/yaml.ts';

const RULES = `- {rule: a b, desc: d, condition: evt.type = open, output: "%proc.name", priority: INFO, tags: [t]}
- {rule: c, desc: d, condition: evt.type = close, output: x, priority: ERROR, enabled: false}
`;
const SAMPLE = `rules_files: [/etc/falco/falco_rules.yaml, "\${HOME}/x.yaml"]
config_files: [/etc/falco/config.d]
priority: debug
rule_matching: first
json_output: true
json_include_output_property: true
time_format_iso_8601: "\${ISO}"
rules:
  - disable: {rule: "a*"}
  - enable: {tag: t}
append_output:
  - match: {source: syscall, tags: [t], rule: c}
    extra_output: on %evt.hostname
    extra_fields: [evt.num, {x: "%proc.pid $\${A}"}]
  - suggested_output: true
`;
const WORDS: readonly string[] = [
  ...(SAMPLE.match(/[a-z_0-9]+: ?/g) ?? []),
  '${A}',
  '$${A}',
  '${',
  '${B',
  '$',
  'all',
  'error',
  '"yes"',
  '*',
  ...YAML_WORDS,
];
const ENVIRONMENT = new Map([
  ['A', '${B}x'],
  ['B', '${A}${A}'],
  ['HOME', '/root'],
]);

/** Falco's configuration, and rules loaded as it says. */
export const configuration: Target<string> = {
  name: 'configuration',
  kind: 'text',
  brief: 600,
  make: () => SAMPLE,
  change: (text, random) => changeText(text, random, { words: WORDS, samples: [SAMPLE, RULES] }),
  run(text) {
    const include = () => [new Source('more.yaml', SAMPLE)];
    const { configuration: read, diagnostics } = readConfiguration(new Source('falco.yaml', text), {
      environment: ENVIRONMENT,
      include,
    });
    const kinds = heldDiagnostics(diagnostics);
    promise(read !== undefined || kinds.length > 0, 'a configuration was refused without a reason');
    if (read === undefined) return kinds;
    const { results, lastRuleSet } = loadRules([new Source('rules.yaml', RULES)], read.load);
    const found = results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
    return [...kinds, ...heldDiagnostics(found), ...(lastRuleSet?.active ?? []).map(({ name }) => name)];
  },
};
