import type { Node, Pair } from '../../document/node.ts';
import { valueOf } from '../../document/node.ts';
import { MAX_SCENARIO_CASES } from '../../model/limits.ts';
import { textOf } from './given.ts';

/** The values of one case, by the names that `%{item.name}` asks for. */
export type Row = ReadonlyMap<string, string>;

/**
 * The cases of a test in the order of the suite: one row of each vector, every combination of a matrix, the last key
 * changing fastest.
 *
 * @param most how many there may be
 * @param lose is told what can't be a case
 */
export function caseRows(
  node: Node | undefined,
  most: number,
  lose: (node: Node, message: string) => void,
): readonly Row[] {
  if (node === undefined || node.kind === 'null') return [];
  if (node.kind !== 'sequence') return (lose(node, "'cases' is no list"), []);
  const rows: Row[] = [];
  for (const item of node.items) {
    const values = item.kind === 'mapping' ? valueOf(item, 'values') : undefined;
    const strategy = item.kind === 'mapping' ? textOf(valueOf(item, 'strategy') ?? item) : undefined;
    if (values?.kind !== 'mapping' || (strategy !== 'vector' && strategy !== 'matrix')) {
      lose(item, 'a case needs a strategy, vector or matrix, and values');
      continue;
    }
    const made = combinations(values.pairs, strategy === 'matrix', lose);
    const room = most - rows.length;
    rows.push(...made.slice(0, room));
    if (made.length > room) return (lose(item, `cases beyond ${MAX_SCENARIO_CASES} in all of the suite`), rows);
  }
  return rows;
}

function combinations(pairs: readonly Pair[], isMatrix: boolean, lose: (node: Node, message: string) => void): Row[] {
  let rows: Row[] = [new Map()];
  for (const { key, value } of pairs) {
    const name = textOf(key) ?? '';
    const choices = isMatrix && value.kind === 'sequence' ? value.items : [value];
    const texts = choices.flatMap((choice) => textOf(choice) ?? (lose(choice, `a value of '${name}' is no text`), []));
    rows = rows.flatMap((row) => texts.map((text) => new Map([...row, [name, text]]))).slice(0, MAX_SCENARIO_CASES + 1);
  }
  return rows;
}
