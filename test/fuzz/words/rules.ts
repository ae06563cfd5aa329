import type { Random } from '../random.ts';
import { conditionText, CONDITION_WORDS } from './condition.ts';
import { outputText } from './output.ts';
import { plainWord } from './strange-text.ts';
import { YAML_WORDS } from './yaml.ts';

const KEYS = [
  'rule',
  'macro',
  'list',
  'condition',
  'output',
  'desc',
  'priority',
  'items',
  'tags',
  'source',
  'enabled',
  'append',
  'override',
  'exceptions',
  'name',
  'fields',
  'comps',
  'values',
  'warn_evttypes',
  'skip-if-unknown-filter',
  'capture',
  'capture_duration',
  'required_engine_version',
  'required_plugin_versions',
  'version',
  'alternatives',
];

/** Words of rule files, for changes at random places. */
export const RULE_WORDS: readonly string[] = [
  ...KEYS.map((key) => `${key}: `),
  ...KEYS.map((key) => `\n  ${key}: `),
  'append',
  'replace',
  'true',
  'false',
  'WARNING',
  'in',
  '[a, b]',
  '[[a, b], [c]]',
  'syscall',
  '0.57.0',
  '\n- ',
  ...YAML_WORDS,
  ...CONDITION_WORDS,
];

/** Items that define the names which the others use. */
export function baseItems(): string {
  const macros = ['x1', 'm', 'web', 'foo_bar'].map((name) => `- macro: ${name}\n  condition: proc.name exists\n`);
  return [...macros, '- list: l\n  items: [a, b, sh]\n- list: a\n  items: [l, open]\n'].join('');
}

/** An item of a rule file, mostly well formed. */
export function ruleItemText(random: Random): string {
  const name = plainWord(random);
  switch (random.below(8)) {
    case 0:
      return `- list: ${name}\n  items: [${words(random)}]\n${changeKeys(random, ['items'])}`;
    case 1:
      return `- macro: ${name}\n  condition: ${quoted(conditionText(random), random)}\n${changeKeys(random, ['condition'])}`;
    case 2:
      return `- rule: ${name}\n  ${random.pick(['enabled: false', 'append: true', `condition: and ${plainWord(random)}`])}\n${changeKeys(random, ['enabled', 'condition', 'output'])}`;
    case 3:
      return random.once(3) ? versions(random) : ruleText(name, random);
    default:
      return ruleText(name, random);
  }
}

function ruleText(name: string, random: Random): string {
  const priority = random.pick(['INFO', 'warning', 'Critical', 'DEBUG', 'none', '3']);
  const tags = random.once(3) ? `  tags: [${words(random)}]\n` : '';
  const rest = random.once(3) ? exceptions(random) : '';
  const condition = random.once(2) ? `evt.type = open and ${conditionText(random)}` : conditionText(random);
  return `- rule: ${name}\n  desc: d\n  condition: ${quoted(condition, random)}\n  output: ${quoted(outputText(random), random)}\n  priority: ${priority}\n${tags}${rest}`;
}

function exceptions(random: Random): string {
  const one = () => {
    const count = random.below(3);
    const fields = Array.from({ length: count + 1 }, () => random.pick(['proc.name', 'fd.name', 'proc.pname', 'x']));
    const comps = fields.map(() => random.pick(['=', 'in', 'startswith', 'pmatch', 'contains', 'glob']));
    const row = () => `[${fields.map(() => (random.once(3) ? `[${words(random)}]` : plainWord(random))).join(', ')}]`;
    const isSingle = count === 0 && random.once(2);
    return [
      `    - name: ${plainWord(random)}`,
      `      fields: ${isSingle ? fields[0] : `[${fields.join(', ')}]`}`,
      ...(random.once(4) ? [] : [`      comps: ${isSingle ? 'in' : `[${comps.join(', ')}]`}`]),
      ...(random.once(5) ? [] : [`      values: [${Array.from({ length: random.below(4) }, row).join(', ')}]`]),
    ].join('\n');
  };
  return `  exceptions:\n${Array.from({ length: random.count(3) }, one).join('\n')}\n`;
}

function versions(random: Random): string {
  const version = random.pick([
    '0.1.0',
    '0.57.0',
    '99.0.0',
    '10',
    '57',
    '-1',
    '1.2',
    'a.b.c',
    '99999999999999999999.0.0',
  ]);
  if (random.once(2)) return `- required_engine_version: ${version}\n`;
  return `- required_plugin_versions:\n    - name: ${random.pick(['container', 'json', 'x'])}\n      version: ${version}\n      alternatives: [{name: json, version: ${version}}]\n`;
}

function changeKeys(random: Random, keys: readonly string[]): string {
  if (!random.once(4)) return '';
  return random.once(2)
    ? '  append: true\n'
    : `  override: {${keys.map((key) => `${key}: ${random.pick(['append', 'replace', 'x'])}`).join(', ')}}\n`;
}

function words(random: Random): string {
  return Array.from({ length: random.below(5) }, () => plainWord(random)).join(', ');
}

/** A text as a scalar of some style. */
function quoted(text: string, random: Random): string {
  switch (random.below(5)) {
    case 0:
      return `"${text.replace(/["\\]/g, '\\$&')}"`;
    case 1:
      return `'${text.replaceAll("'", "''")}'`;
    case 2:
      return `>\n    ${text.replaceAll('\n', '\n    ')}`;
    case 3:
      return `|\n    ${text.replaceAll(' and ', '\n    and ')}`;
    default:
      return text;
  }
}
