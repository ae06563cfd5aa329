import type { CommandIo } from './node-command.ts';
import type { Options } from './options.ts';
import { kubeKind, KUBE_PREFIX, kubeObjects, type KubeKind, type KubeObject } from './kube-objects.ts';

/** The namespace that is asked for; undefined for all. */
export function namespaceOf(options: Options): string | undefined {
  return options.has('A', 'all-namespaces') ? undefined : (options.value('n', 'namespace') ?? 'default');
}

/** What `kubectl` answers where something is not there. */
export function notFound(kind: KubeKind, name: string): string {
  const plural = KUBE_PREFIX[kind].replace(/(\.apps)?$/, 's$1');
  return `Error from server (NotFound): ${plural} "${name}" not found\n`;
}

/** Objects by `KIND NAME...`, `KIND/NAME...` or `KIND`; a text for people where there are none. */
export function requested(
  io: CommandIo,
  words: readonly string[],
  options: Options,
): { readonly kind: KubeKind; readonly objects: readonly KubeObject[]; readonly isNamed: boolean }[] | string {
  const [first = '', ...names] = words;
  if (first === '') return 'You must say what to get: pods, deployments, replicasets, namespaces, nodes...\n';
  const namespace = namespaceOf(options);
  const inPlace = (kind: KubeKind): KubeObject[] =>
    kubeObjects(kind, io.node).filter(
      (one) => one.namespace === '' || namespace === undefined || one.namespace === namespace,
    );
  if (first === 'all') {
    const kinds: KubeKind[] = ['pods', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'];
    return kinds
      .map((kind) => ({ kind, objects: inPlace(kind), isNamed: false }))
      .filter(({ objects }) => objects.length > 0);
  }
  const pairs = words.map((word) => word.split('/'));
  const isSlashed = first.includes('/');
  const kinds = isSlashed ? pairs.map(([kind = '']) => kind) : first.split(',');
  const asked: { kind: KubeKind; objects: KubeObject[]; isNamed: boolean }[] = [];
  for (const [i, word] of kinds.entries()) {
    const kind = kubeKind(word);
    if (kind === undefined) return `error: the server doesn't have a resource type "${word}"\n`;
    const wanted = isSlashed ? [pairs[i]?.[1] ?? ''] : names;
    const all = inPlace(kind);
    const missing = wanted.find((name) => !all.some((one) => one.name === name));
    if (missing !== undefined) return notFound(kind, missing);
    const objects = wanted.length === 0 ? all : wanted.flatMap((name) => all.filter((one) => one.name === name));
    asked.push({ kind, objects, isNamed: wanted.length > 0 });
  }
  return asked;
}

/** The pod that a word names: `NAME`, `pod/NAME`, or `deployment/NAME` for its first one. */
export function requestedPod(io: CommandIo, word: string, options: Options): KubeObject | string {
  const [kindWord, name] = word.includes('/') ? (word.split('/', 2) as [string, string]) : ['pod', word];
  const found = requested(io, [`${kindWord}/${name}`], options);
  if (typeof found === 'string') return found;
  const [object] = found[0]?.objects ?? [];
  if (object?.pod !== undefined) return object;
  const pods = kubeObjects('pods', io.node).filter(
    ({ namespace, pod }) =>
      namespace === object?.namespace && (pod?.owner?.name === name || pod?.owner?.replicaSet === name),
  );
  return pods.find(({ pod }) => pod?.isHere) ?? pods[0] ?? `error: no pods of ${word} run\n`;
}
