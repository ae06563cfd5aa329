import { yamlText } from '../../yaml-text.ts';
import type { Plain } from '../../plain.ts';
import { columns } from '../columns.ts';
import { KIND_WORDS, KUBE_HEADINGS, KUBE_PREFIX, type KubeKind, type KubeObject } from '../kube-objects.ts';
import { namespaceOf, requested } from '../kube-request.ts';
import type { CommandIo } from '../node-command.ts';
import type { Options } from '../options.ts';

/** `kubectl get` */
export function kubeGet(io: CommandIo, words: readonly string[], options: Options): number {
  const found = requested(io, words, options);
  if (typeof found === 'string') return (io.error.write(found), 1);
  const objects = found.flatMap((one) => one.objects);
  if (objects.length === 0) {
    const namespace = namespaceOf(options);
    io.error.write(
      namespace === undefined ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`,
    );
    return 0;
  }
  const form = options.value('o', 'output');
  if (form === 'name') io.output.write(objects.map(({ kind, name }) => `${KUBE_PREFIX[kind]}/${name}\n`).join(''));
  else if (form === 'json') io.output.write(`${JSON.stringify(listOf(objects), undefined, 2)}\n`);
  else if (form === 'yaml') io.output.write(yamlText(textual(listOf(objects))));
  else if (form !== undefined && form !== 'wide') {
    io.error.write(`error: -o ${form} is not to be had here; there are wide, name, json, yaml\n`);
    return 1;
  } else {
    const tables = found.map(({ kind, objects: rows }) => table(kind, rows, options, found.length > 1));
    io.output.write(tables.join('\n'));
  }
  return 0;
}

function table(kind: KubeKind, objects: readonly KubeObject[], options: Options, isMixed: boolean): string {
  const [usual, more] = KUBE_HEADINGS[kind];
  const isWide = options.value('o', 'output') === 'wide';
  const isAll = options.has('A', 'all-namespaces') && objects.some(({ namespace }) => namespace !== '');
  const heading = [...(isAll ? ['NAMESPACE'] : []), ...usual, ...(isWide ? more : [])];
  const rows = objects.map(({ namespace, name, cells, wide }) => [
    ...(isAll ? [namespace] : []),
    isMixed ? `${KUBE_PREFIX[kind]}/${name}` : name,
    ...cells,
    ...(isWide ? wide : []),
  ]);
  return columns(options.has('no-headers') ? rows : [heading, ...rows]);
}

function listOf(objects: readonly KubeObject[]): unknown {
  const items = objects.map(({ kind, namespace, name, facts }) => {
    const { ownerReferences, ...spec } = facts;
    const word = KUBE_PREFIX[kind].replace('.apps', '');
    const metadata = {
      name,
      ...(namespace === '' ? {} : { namespace }),
      ...(ownerReferences === undefined ? {} : { ownerReferences }),
    };
    return { kind: KIND_WORDS[word] ?? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`, metadata, spec };
  });
  return items.length === 1 ? items[0] : { kind: 'List', items };
}

/** Everything as texts, which is how plain values are written. */
function textual(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(textual);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textual(one)]));
}

/** `kubectl describe`, in short. */
export function kubeDescribe(io: CommandIo, words: readonly string[], options: Options): number {
  const found = requested(io, words, options);
  if (typeof found === 'string') return (io.error.write(found), 1);
  const texts = found.flatMap(({ objects }) => objects).map(described);
  io.output.write(texts.join('\n\n'));
  return 0;
}

function described({ namespace, name, pod, workload, wide }: KubeObject): string {
  const row = (key: string, value: string): string => `${`${key}:`.padEnd(17)}${value}\n`;
  const head = row('Name', name) + (namespace === '' ? '' : row('Namespace', namespace));
  if (workload !== undefined) {
    return `${head}${row('Replicas', `${workload.replicas} desired`)}Pod Template:\n  Image:         ${workload.image}\n`;
  }
  if (pod === undefined) return head;
  const { owner } = pod;
  const by =
    owner === undefined
      ? undefined
      : owner.replicaSet === undefined
        ? `${KIND_WORDS[owner.kind]}/${owner.name}`
        : `ReplicaSet/${owner.replicaSet}`;
  const containers = pod.containers.map(
    (one) =>
      `  ${one.name}:\n    Container ID:  containerd://${one.fullId}\n    Image:         ${one.image}\n    Command:       ${one.command.join(' ')}\n`,
  );
  return [
    head,
    row('Node', wide[1] ?? ''),
    row('Status', 'Running'),
    row('IP', pod.address),
    by === undefined ? '' : row('Controlled By', by),
    'Containers:\n',
    ...(containers.length === 0 ? [`  Image:         ${pod.image}\n`] : containers),
  ].join('');
}
