import { spanOf, type Node, type Pair } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import type { ByteString } from '../model/byte-string.ts';
import { address, type Address } from './language/address.ts';
import { capabilities, type Capabilities } from './language/capability-set.ts';
import { environment, list } from './language/collections.ts';
import { command, type Command } from './language/command.ts';
import { defaulted, optional, required, type Keys, type Kind } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { flag, integer, name, path, refuse, text } from './language/scalars.ts';
import type { ActorPlan } from './scenario.ts';
import { terminalDevice } from './stage/streams.ts';

const MAX_TERMINAL = 255;
const terminalNumber = integer(0, MAX_TERMINAL);

/** A terminal: `yes` for the first, `no` for none, or the number of a pseudo-terminal. Read as its device, 0 for none. */
export const terminal: Kind<number> = {
  schema: { anyOf: [flag.schema, { type: 'integer', minimum: 0, maximum: MAX_TERMINAL }] },
  read: (reader, node, what) => {
    if (node.kind === 'scalar' && /^\d+$/.test(node.text)) {
      const number = terminalNumber.read(reader, node, what);
      return number === undefined ? undefined : terminalDevice(number);
    }
    const has = reader.boolean(node, what);
    return has === undefined ? undefined : has ? terminalDevice(0) : 0;
  },
};

/** Keys of an actor. */
export const ACTOR_KEYS = {
  runs: required<Command>(command, 'Its command line, or a list of the words as they are.'),
  in: optional<ByteString>(text, 'The container it is in. Without it: the machine itself.'),
  exe: optional<ByteString>(path, 'The file it runs, where the command line does not begin with it.'),
  user: optional<ByteString>(
    text,
    "User it runs as, by name or number. Without it: its parent's, the container's, or root.",
  ),
  parent: optional<ByteString>(name, 'The actor that started it. Without it: the first process of the place.'),
  cwd: optional<ByteString>(path, "Its working directory. Without it: its parent's, or /."),
  env: defaulted<readonly ByteString[]>(environment, [], 'Environment variables beside the usual ones.'),
  tty: optional<number>(terminal, "Its terminal: yes, no, or a number. Without it: its parent's."),
  loginuid: optional<ByteString>(text, 'The user who logged in, by name or number. Without it: nobody did.'),
  capabilities: defaulted<Capabilities>(
    capabilities,
    'default',
    'all, none, or a list of exactly the ones it has. Without it: what its user has there.',
  ),
  listens: defaulted<readonly Address[]>(list(address), [], 'Addresses it listens on, such as 0.0.0.0:80.'),
} satisfies Keys;

/**
 * Reads `actors`: a mapping by name, or a list of mappings with one name each. An actor that is only a text is a
 * command. What can't be read is reported; its name is in `doomed`.
 *
 * @param usualPlace where those are that do not say it
 */
export function readActors(
  reader: NodeReader,
  node: Node | undefined,
  usualPlace: ByteString,
  doomed: Set<ByteString>,
): readonly ActorPlan[] {
  const plans: ActorPlan[] = [];
  for (const { key, value } of node === undefined ? [] : pairsOf(reader, node)) {
    const known = name.read(reader, key, "an actor's name");
    if (known === undefined) continue;
    if (plans.some((plan) => plan.name === known) || doomed.has(known)) {
      reader.fail('YAML_DUPLICATE_KEY', key, `'actors' has '${known}' twice`);
      continue;
    }
    const before = reader.diagnostics.length;
    const plan = readActor(reader, known, key, value, usualPlace);
    if (plan === undefined || reader.diagnostics.length > before) doomed.add(known);
    else plans.push(plan);
  }
  return plans;
}

function pairsOf(reader: NodeReader, node: Node): readonly Pair[] {
  if (node.kind === 'mapping') return node.pairs;
  const items = reader.items(node, "'actors'") ?? [];
  return items.flatMap((item) => {
    if (item.kind === 'mapping') return item.pairs;
    return (
      refuse(
        reader,
        item,
        "an item of 'actors' must be a name with what it is",
        'for instance nginx: { runs: nginx }',
      ) ?? []
    );
  });
}

function readActor(
  reader: NodeReader,
  known: ByteString,
  key: Node,
  value: Node,
  usualPlace: ByteString,
): ActorPlan | undefined {
  const isCommand = value.kind === 'scalar' || value.kind === 'sequence';
  const runs = isCommand ? command.read(reader, value, `the command of ${known}`) : undefined;
  if (isCommand && runs === undefined) return undefined;
  const fields = isCommand ? undefined : reader.fields(value, 'an actor', Object.keys(ACTOR_KEYS));
  if (!isCommand && fields === undefined) return undefined;
  const exeAlone =
    fields !== undefined && fields.get('runs') === undefined
      ? fields.optional('exe', (at, what) => path.read(reader, at, what))
      : undefined;
  const keys =
    exeAlone === undefined ? ACTOR_KEYS : { ...ACTOR_KEYS, runs: defaulted<Command>(command, [exeAlone], '') };
  const values = fields && readKeys(reader, fields, keys);
  if (values === undefined && runs === undefined) return undefined;
  return {
    name: known,
    span: spanOf(key),
    place: values?.in ?? usualPlace,
    runs: runs ?? (values?.runs as Command),
    exe: values?.exe,
    user: values?.user,
    parent: values?.parent,
    cwd: values?.cwd,
    env: values?.env ?? [],
    tty: values?.tty,
    loginuid: values?.loginuid,
    capabilities: values?.capabilities ?? 'default',
    listens: values?.listens ?? [],
  };
}
