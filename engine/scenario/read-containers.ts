import { spanOf, type Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Span } from '../model/source.ts';
import { capabilityList } from './language/capability-set.ts';
import { environment, list, mapOf } from './language/collections.ts';
import { command, type Command } from './language/command.ts';
import { duration } from './language/duration.ts';
import { defaulted, optional, type Keys, type Kind, type ValuesOf } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { choice, flag, name, pattern, refuse, text } from './language/scalars.ts';
import { ip, users } from './read-machine.ts';
import type { ContainerPlan, MetadataTime, MountPlan, Runtime } from './scenario.ts';
import { ipv4 } from './stage/ip.ts';
import { digitsOf } from './stage/identifier.ts';

const HEX = /^[0-9a-f]{12}(?:[0-9a-f]{52})?$/;
/** What a container runs that only others enter. */
const IDLE: Command = ['sleep', 'infinity'];

/** When the plugin learns of a container: `before`, `never`, or `after` a while. */
const metadata: Kind<MetadataTime> = {
  schema: {
    anyOf: [{ enum: ['before', 'never'] }, { type: 'string', pattern: '^after \\d+(\\.\\d+)?(ns|us|ms|s|m|h|d)$' }],
  },
  read: (reader, node, what) => {
    const words = reader.text(node, what);
    if (words === undefined) return undefined;
    if (words === 'before' || words === 'never') return { kind: words };
    const late = /^after\s+(\S+)$/.exec(words)?.[1];
    if (late === undefined || node.kind !== 'scalar') {
      return refuse(
        reader,
        node,
        `${what} can't be '${toUnicode(words)}'`,
        "'before', 'never', or for instance 'after 2s'",
      );
    }
    const after = duration.read(reader, { ...node, text: late }, what);
    return after === undefined ? undefined : { kind: 'late', after };
  },
};

/** A mount as the command line of docker takes it: `/host:/container` or `/host:/container:ro`. */
const mount: Kind<MountPlan> = {
  schema: { type: 'string', pattern: '^/[^:]*:/[^:]*(:(ro|rw))?$' },
  read: (reader, node, what) => {
    const written = reader.text(node, what);
    if (written === undefined) return undefined;
    const parts = /^(\/[^:]*):(\/[^:]*)(?::(ro|rw))?$/.exec(written);
    if (parts === null)
      return refuse(
        reader,
        node,
        `${what} must be 'SOURCE:DESTINATION', not '${toUnicode(written)}'`,
        'both are absolute paths',
      );
    const [, source, destination, access] = parts as unknown as [string, string, string, string | undefined];
    return {
      source: trimmed(source),
      destination: trimmed(destination),
      readOnly: access === 'ro',
      access: access ?? '',
    };
  },
};

const pod: Kind<{ readonly namespace: ByteString; readonly name: ByteString }> = {
  schema: { type: 'string', pattern: '^[^/]+/[^/]+$' },
  read: (reader, node, what) => {
    const written = reader.text(node, what);
    if (written === undefined) return undefined;
    const parts = /^([^/]+)\/([^/]+)$/.exec(written);
    if (parts === null)
      return refuse(
        reader,
        node,
        `${what} must be 'NAMESPACE/POD', not '${toUnicode(written)}'`,
        'for instance shop/web-0',
      );
    return { namespace: parts[1] as string, name: parts[2] as string };
  },
};

const containerId = pattern(HEX, 'an id of 12 or 64 hexadecimal digits', { type: 'string', pattern: HEX.source });
const runtime = choice<Runtime>('containerd', 'cri-o', 'docker', 'podman');
type PodName = { readonly namespace: ByteString; readonly name: ByteString };

/** Keys of a container. */
export const CONTAINER_KEYS = {
  name: optional<ByteString>(text, 'Its name, as the runtime knows it. Without it: the name that the story gives.'),
  image: optional<ByteString>(text, 'Its image, with a tag. Without it: the name of the container.'),
  id: optional<ByteString>(containerId, 'Its id, 12 or 64 digits. Without it: digits that follow from the name.'),
  runtime: optional<Runtime>(runtime, 'Who made it. Without it: containerd for a pod, else docker.'),
  pod: optional<PodName>(pod, 'Namespace and name of the pod it belongs to.'),
  runs: defaulted<Command>(command, IDLE, 'Its first process, where no actor and no step names it.'),
  privileged: defaulted<boolean>(flag, false, 'May do everything that root of the host may.'),
  mounts: defaulted<readonly MountPlan[]>(
    list(mount),
    [],
    'Directories of the host that it sees: /host:/container, with :ro for reading only.',
  ),
  labels: defaulted<ReadonlyMap<ByteString, ByteString>>(mapOf(text), new Map(), 'Labels.'),
  env: defaulted<readonly ByteString[]>(environment, [], 'Environment variables of the image.'),
  user: defaulted<ByteString>(text, 'root', 'User that its processes run as, by name or number.'),
  users: defaulted<ReadonlyMap<ByteString, number>>(
    users,
    new Map(),
    'Accounts in it beside root and the usual ones: name and number.',
  ),
  'add capabilities': defaulted<bigint>(capabilityList, 0n, 'Capabilities beside the usual ones, such as SYS_ADMIN.'),
  'drop capabilities': defaulted<bigint>(capabilityList, 0n, 'Capabilities it does without.'),
  address: optional<ByteString>(ip, 'Its IPv4 address.'),
  os: optional<'debian' | 'alpine'>(
    choice('debian', 'alpine'),
    'Where its programs come from. Without it: alpine when the image says so.',
  ),
  metadata: defaulted<MetadataTime>(
    metadata,
    { kind: 'before' },
    "When Falco learns its name and image: before, never, or 'after 2s'.",
  ),
} satisfies Keys;

/** Reads `containers`, a mapping by name. What can't be read is reported; its name is in `doomed`. */
export function readContainers(
  reader: NodeReader,
  node: Node | undefined,
  doomed: Set<ByteString>,
): readonly ContainerPlan[] {
  if (node === undefined) return [];
  if (node.kind !== 'mapping')
    return refuse(reader, node, "'containers' must be a mapping from names to containers") ?? [];
  const plans: ContainerPlan[] = [];
  for (const { key, value } of node.pairs) {
    const known = name.read(reader, key, "a container's name");
    if (known === undefined) continue;
    if (known === 'host')
      reader.fail('SCENARIO_VALUE', key, "a container can't be called 'host': that is the machine itself");
    else if (plans.some((plan) => plan.name === known))
      reader.fail('YAML_DUPLICATE_KEY', key, `'containers' has '${known}' twice`);
    else {
      const before = reader.diagnostics.length;
      const fields =
        value.kind === 'null' ? undefined : reader.fields(value, 'a container', Object.keys(CONTAINER_KEYS));
      const values = fields && readKeys(reader, fields, CONTAINER_KEYS);
      if (reader.diagnostics.length > before) doomed.add(known);
      plans.push(containerPlan(known, spanOf(key), plans.length, values));
    }
  }
  return plans;
}

/** A container with everything filled in that was not said. */
export function containerPlan(
  known: ByteString,
  span: Span,
  index: number,
  values?: Partial<ValuesOf<typeof CONTAINER_KEYS>>,
): ContainerPlan {
  const image = values?.image ?? known;
  const id = values?.id ?? digitsOf(`container ${known}`, 64);
  const inPod = values?.pod !== undefined;
  return {
    name: known,
    title: values?.name ?? known,
    span,
    id: id.length === 64 ? id : id + digitsOf(`rest of ${id}`, 52),
    image,
    runtime: values?.runtime ?? (inPod ? 'containerd' : 'docker'),
    runs: values?.runs ?? IDLE,
    privileged: values?.privileged ?? false,
    mounts: values?.mounts ?? [],
    labels: values?.labels ?? new Map(),
    pod: values?.pod,
    env: values?.env ?? [],
    user: values?.user ?? 'root',
    users: values?.users ?? new Map(),
    addCapabilities: values?.['add capabilities'] ?? 0n,
    dropCapabilities: values?.['drop capabilities'] ?? 0n,
    address: values?.address ?? (inPod ? ipv4(10, 244, 0, 10 + (index % 240)) : ipv4(172, 17, 0, 2 + (index % 240))),
    os: values?.os ?? (/alpine|busybox/.test(image) ? 'alpine' : 'debian'),
    metadata: values?.metadata ?? { kind: 'before' },
  };
}

function trimmed(path: ByteString): ByteString {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
