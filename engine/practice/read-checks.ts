import type { Node } from '../document/node.ts';
import type { Fields, NodeReader } from '../document/reading.ts';
import { readKeys } from '../scenario/language/keys.ts';
import { defaulted, required, optional } from '../scenario/language/kind.ts';
import { flag, integer, prose } from '../scenario/language/scalars.ts';
import { DEMANDS, type DemandReader } from './read-demand.ts';
import type { TaskCheck } from './task-check.ts';

/** Points of one check. */
const MAX_POINTS = 100;

/** Keys that every check has. */
export const CHECK_KEYS = {
  about: required<string>(prose, 'What is asked, in a few words.'),
  points: required<number>(integer(1, MAX_POINTS), 'Points for it.'),
  bonus: defaulted<boolean>(flag, false, 'Points beyond the full score.'),
  tell: optional<string>(prose, 'Said to whoever fails it, beside what grading finds.'),
};

/** Reads `checks`. */
export function readChecks(reader: NodeReader, node: Node): TaskCheck[] {
  return (reader.items(node, "'checks'") ?? []).flatMap((item) => readCheck(reader, item) ?? []);
}

function readCheck(reader: NodeReader, node: Node): TaskCheck | undefined {
  if (node.kind !== 'mapping') return reader.fail('YAML_KIND', node, 'a check must be a mapping');
  const written = new Set(node.pairs.flatMap(({ key }) => (key.kind === 'scalar' ? [key.text] : [])));
  const kinds = Object.keys(DEMANDS).filter((kind) => written.has(kind));
  // `rule` is also what `written` is about.
  const [kind, second] = kinds.length > 1 ? kinds.filter((one) => one !== 'rule') : kinds;
  if (kind === undefined || second !== undefined) {
    const names = Object.keys(DEMANDS).join(', ');
    return reader.fail('TASK_CHECK', node, 'a check asks one thing', `it has one of these keys: ${names}`);
  }
  const { keys, read } = DEMANDS[kind] as DemandReader;
  const fields = reader.fields(node, `a check of '${kind}'`, [...Object.keys(CHECK_KEYS), ...keys]) as Fields;
  const values = readKeys(reader, fields, CHECK_KEYS);
  const demand = read(reader, fields);
  return values === undefined || demand === undefined ? undefined : { ...values, demand };
}
