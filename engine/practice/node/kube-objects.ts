import type { Pod, Workload } from './cluster.ts';
import type { Emulated } from './emulated.ts';
import { ageText } from './date-text.ts';
import { createdAt } from './workload.ts';

/** Kinds of objects that can be got, with the words for each. */
export const KUBE_KINDS = {
  pods: ['pod', 'po', 'pods'],
  deployments: ['deployment', 'deploy', 'deployments', 'deployment.apps', 'deployments.apps'],
  replicasets: ['replicaset', 'rs', 'replicasets', 'replicaset.apps'],
  statefulsets: ['statefulset', 'sts', 'statefulsets', 'statefulset.apps'],
  daemonsets: ['daemonset', 'ds', 'daemonsets', 'daemonset.apps'],
  namespaces: ['namespace', 'ns', 'namespaces'],
  nodes: ['node', 'no', 'nodes'],
} as const;

/** A kind of objects. */
export type KubeKind = keyof typeof KUBE_KINDS;

/** A kind's name before an object's: `deployment.apps/web`. */
export const KUBE_PREFIX: Readonly<Record<KubeKind, string>> = {
  pods: 'pod',
  deployments: 'deployment.apps',
  replicasets: 'replicaset.apps',
  statefulsets: 'statefulset.apps',
  daemonsets: 'daemonset.apps',
  namespaces: 'namespace',
  nodes: 'node',
};

/** The headings of a kind, and those that `-o wide` adds. */
export const KUBE_HEADINGS: Readonly<Record<KubeKind, readonly [usual: readonly string[], wide: readonly string[]]>> = {
  pods: [
    ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
    ['IP', 'NODE'],
  ],
  deployments: [['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'], ['IMAGES']],
  replicasets: [['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'], ['IMAGES']],
  statefulsets: [['NAME', 'READY', 'AGE'], ['IMAGES']],
  daemonsets: [['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'], ['IMAGES']],
  namespaces: [['NAME', 'STATUS', 'AGE'], []],
  nodes: [['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'], []],
};

/** An object as a list shows it. */
export interface KubeObject {
  readonly kind: KubeKind;
  /** Empty for what is in none. */
  readonly namespace: string;
  readonly name: string;
  readonly cells: readonly string[];
  readonly wide: readonly string[];
  /** What it is besides, for `-o yaml` and `-o json`. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly pod?: Pod;
  readonly workload?: Workload;
}

/** The kind that a word names. */
export function kubeKind(word: string): KubeKind | undefined {
  return (Object.keys(KUBE_KINDS) as KubeKind[]).find((kind) => (KUBE_KINDS[kind] as readonly string[]).includes(word));
}

/** All objects of a kind, by namespace and name. */
export function kubeObjects(kind: KubeKind, node: Emulated): KubeObject[] {
  const { cluster } = node;
  if (kind === 'pods') return cluster.pods().map((pod) => podObject(pod, node));
  if (kind === 'nodes') return [node.hostname, otherNode(node)].map((name) => nodeObject(name, node));
  if (kind === 'namespaces') {
    const names = [...cluster.workloads(), ...cluster.pods()].map(({ namespace }) => namespace);
    const all = [...new Set(['default', 'kube-system', ...names])].toSorted();
    return all.map((name) => ({ kind, namespace: '', name, cells: ['Active', age(name, node)], wide: [], facts: {} }));
  }
  const pods = cluster.pods();
  if (kind === 'replicasets') return replicaSets(pods, node);
  return cluster
    .workloads()
    .filter((one) => `${one.kind}s` === kind)
    .map((one) => workloadObject(kind, one, pods, node))
    .toSorted((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

function podObject(pod: Pod, node: Emulated): KubeObject {
  const { namespace, name, owner, address, isHere, containers, image } = pod;
  const count = Math.max(1, containers.length);
  const place = isHere ? node.hostname : otherNode(node);
  const by = owner?.replicaSet === undefined ? owner : { kind: 'replicaset', name: owner.replicaSet };
  return {
    kind: 'pods',
    namespace,
    name,
    cells: [`${count}/${count}`, 'Running', '0', age(owner?.name ?? name, node)],
    wide: [address === '' ? '<none>' : address, place],
    facts: {
      ownerReferences: by === undefined ? [] : [{ kind: KIND_WORDS[by.kind] ?? by.kind, name: by.name }],
      nodeName: place,
      podIP: address,
      containers: isHere
        ? containers.map((one) => ({ name: one.name, image: one.image, containerID: `containerd://${one.fullId}` }))
        : [{ image }],
    },
    pod,
  };
}

/** Kinds as objects write them. */
export const KIND_WORDS: Readonly<Record<string, string>> = {
  deployment: 'Deployment',
  replicaset: 'ReplicaSet',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
};

function workloadObject(kind: KubeKind, workload: Workload, pods: readonly Pod[], node: Emulated): KubeObject {
  const { namespace, name, image, replicas } = workload;
  const count = String(pods.filter((pod) => pod.namespace === namespace && pod.owner?.name === name).length);
  const wanted = kind === 'daemonsets' ? count : String(replicas);
  const cells: Partial<Record<KubeKind, string[]>> = {
    deployments: [`${wanted}/${wanted}`, wanted, wanted],
    statefulsets: [`${wanted}/${wanted}`],
    daemonsets: [wanted, wanted, wanted],
  };
  const facts = { replicas: Number(wanted), image };
  return { kind, namespace, name, cells: [...(cells[kind] ?? []), age(name, node)], wide: [image], facts, workload };
}

function replicaSets(pods: readonly Pod[], node: Emulated): KubeObject[] {
  const found = new Map<string, { readonly pod: Pod; count: number }>();
  for (const pod of pods) {
    if (pod.owner?.replicaSet === undefined) continue;
    const key = `${pod.namespace}/${pod.owner.replicaSet}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { pod, count: 1 });
    else known.count++;
  }
  return [...found.values()].map(({ pod, count }) => {
    const name = pod.owner?.replicaSet ?? '';
    const cells = [...Array.from({ length: 3 }, () => String(count)), age(pod.owner?.name ?? name, node)];
    const ownerReferences = [{ kind: 'Deployment', name: pod.owner?.name }];
    return {
      kind: 'replicasets',
      namespace: pod.namespace,
      name,
      cells,
      wide: [pod.image],
      facts: { ownerReferences },
    };
  });
}

function nodeObject(name: string, node: Emulated): KubeObject {
  return {
    kind: 'nodes',
    namespace: '',
    name,
    cells: ['Ready', '<none>', age('node', node), 'v1.34.1'],
    wide: [],
    facts: {},
  };
}

/** The node of pods that the story does not tell of. */
function otherNode({ hostname }: Emulated): string {
  const number = /^(.*?)(\d+)$/.exec(hostname);
  return number === null ? `${hostname}-2` : `${number[1]}${Number(number[2]) + 1}`;
}

function age(name: string, node: Emulated): string {
  return ageText(node.now - createdAt(name, node.tape.startTime));
}
