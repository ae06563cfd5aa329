import type { Target } from './target.ts';
import { check } from './targets/check.ts';
import { condition } from './targets/condition.ts';
import { configuration } from './targets/configuration.ts';
import { diff } from './targets/diff.ts';
import { explain } from './targets/explain.ts';
import { faulty } from './targets/faulty.ts';
import { form } from './targets/form.ts';
import { gunzip } from './targets/gunzip.ts';
import { jsonl } from './targets/jsonl.ts';
import { output } from './targets/output.ts';
import { rules } from './targets/rules.ts';
import { scap } from './targets/scap.ts';
import { scenario } from './targets/scenario.ts';
import { suite } from './targets/suite.ts';
import { yaml } from './targets/yaml.ts';

/** Everything that takes what strangers give. Each is fed only with what it made itself, and with cases of its own. */
export const TARGETS: readonly Target[] = [
  condition,
  yaml,
  rules,
  configuration,
  check,
  output,
  explain,
  diff,
  scap,
  jsonl,
  gunzip,
  form,
  scenario,
  suite,
];

/** A target by name, also the one that is for tests; throws for a name that is none. */
export function targetOf(name: string): Target {
  const target = [...TARGETS, faulty].find((one) => one.name === name);
  if (target === undefined) throw new Error(`there is no target '${name}'`);
  return target;
}
