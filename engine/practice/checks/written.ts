import { readDocuments } from '../../document/read-documents.ts';
import { valueOf, type Mapping } from '../../document/node.ts';
import { toUnicode } from '../../model/byte-string.ts';
import { Source } from '../../model/source.ts';
import { fieldsOf } from '../expression-fields.ts';
import type { Grading } from '../grade.ts';
import { namesUsed } from '../names-used.ts';
import type { WrittenDemand } from '../task-check.ts';

const SORTS = ['rule', 'macro', 'list'] as const;

/** An item of a rule file. */
interface Item {
  readonly sort: (typeof SORTS)[number];
  readonly name: string;
  /** It changes what another file defines. */
  readonly isOverride: boolean;
}

/** How rules are written: what a file defines, what it overrides, what the condition reads and uses. */
export function gradeWritten(demand: WrittenDemand, grading: Grading): string[] {
  const text = grading.handedIn.get(demand.path) ?? '';
  const items = itemsOf(new Source(demand.path, text));
  const lines: string[] = [];
  for (const sort of SORTS) {
    const wanted = demand[`${sort}s`];
    const found = items.filter((one) => one.sort === sort && !one.isOverride);
    if (wanted === undefined || found.length === wanted) continue;
    const names = found.length === 0 ? '' : ` (${found.map(({ name }) => name).join(', ')})`;
    lines.push(`${demand.path} defines ${counted(found.length, sort)}${names}, not ${wanted}`);
  }
  for (const name of demand.overrides) {
    const ofName = items.filter((one) => one.name === name);
    if (ofName.some(({ isOverride }) => !isOverride)) {
      lines.push(
        `${demand.path} defines '${name}' again; an override changes the parts that are asked for and keeps the rest`,
      );
    } else if (ofName.length === 0) lines.push(`${demand.path} has no override of '${name}'`);
  }
  const count = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line)).length;
  if (demand.mostLines !== undefined && count > demand.mostLines) {
    lines.push(`${demand.path} has ${count} lines; ${demand.mostLines} are enough`);
  }
  return demand.rule === undefined ? lines : [...lines, ...conditionLines(demand.rule, demand, grading)];
}

function conditionLines(name: string, demand: WrittenDemand, { stack }: Grading): string[] {
  const rule = stack.ruleSet?.rules.find((one) => one.name === name);
  if (rule === undefined || stack.collected === undefined) return [`there is no rule '${name}' to look at`];
  const fields = fieldsOf(rule.expression);
  const used = namesUsed(name, stack.collected);
  return [
    ...demand.fields
      .filter((field) => !fields.has(field))
      .map((field) => `the condition of '${name}' does not look at ${field}`),
    ...demand.noFields
      .filter((field) => fields.has(field))
      .map((field) => `the condition of '${name}' looks at ${field}, which was not to be used`),
    ...demand.uses.filter((one) => !used.has(one)).map((one) => `the condition of '${name}' does not use ${one}`),
  ];
}

function itemsOf(source: Source): Item[] {
  const nodes = readDocuments(source).documents.flatMap((one) => (one.kind === 'sequence' ? one.items : []));
  return nodes.flatMap((node): Item[] => {
    if (node.kind !== 'mapping') return [];
    const sort = SORTS.find((word) => valueOf(node, word) !== undefined);
    const named = sort && valueOf(node, sort);
    if (sort === undefined || named?.kind !== 'scalar') return [];
    return [{ sort, name: toUnicode(named.text), isOverride: isOverride(node) }];
  });
}

/** By `override`, by the old `append`, or a rule with nothing but `enabled`. */
function isOverride(node: Mapping): boolean {
  const keys = node.pairs.flatMap(({ key }) => (key.kind === 'scalar' ? [key.text] : []));
  const isSwitch = keys.length === 2 && keys.includes('rule') && keys.includes('enabled');
  return keys.includes('override') || keys.includes('append') || isSwitch;
}

function counted(count: number, sort: string): string {
  return count === 1 ? `1 ${sort}` : `${count} ${sort}s`;
}
