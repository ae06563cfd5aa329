import { MAX_NODE_PODS } from '../../model/practice-limits.ts';
import { digitsOf } from '../../scenario/stage/identifier.ts';
import { Chance } from '../chance.ts';
import { isMapping, type Plain } from '../plain.ts';
import { ownerOf, WORKLOAD_KINDS, type NodeContainer, type Owner, type WorkloadKind } from './workload.ts';

/** An object that owns pods, as it is wanted to be. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly replicas: number;
}

/** A pod that runs. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly owner: Owner | undefined;
  readonly address: string;
  readonly image: string;
  /** Containers on this node; none for a pod of another one. */
  readonly containers: readonly NodeContainer[];
  readonly isHere: boolean;
}

/** A time in which a container did not run, nanoseconds since the epoch. */
export interface Stop {
  readonly container: string;
  readonly from: bigint;
  /** Undefined while it is stopped. */
  readonly until: bigint | undefined;
}

/** Objects of the cluster as `/root/cluster.yaml` has them, and the pods that they lead to. */
export class Cluster {
  readonly containers: readonly NodeContainer[];
  #objects: { readonly [key: string]: Plain };
  #stops: Stop[];

  /** @param objects by `deployment/NAMESPACE/NAME`, with `image` and `replicas`; what else is there is kept */
  constructor(containers: readonly NodeContainer[], objects: Plain, stops: readonly Stop[]) {
    this.containers = containers;
    this.#objects = isMapping(objects) ? objects : {};
    this.#stops = [...stops];
  }

  /** The objects as they are now. */
  get objects(): Plain {
    return this.#objects;
  }

  get stops(): readonly Stop[] {
    return this.#stops;
  }

  /** Whether a container did not run at a time. */
  isStopped(container: string, time: bigint): boolean {
    return this.#stops.some(
      (one) => one.container === container && time >= one.from && (one.until === undefined || time < one.until),
    );
  }

  workloads(): Workload[] {
    return Object.entries(this.#objects).flatMap(([key, value]) => {
      const [kind, namespace = '', name = ''] = key.split('/');
      const known = WORKLOAD_KINDS.find((one) => one === kind);
      if (known === undefined || name === '' || !isMapping(value)) return [];
      const { image, replicas } = value;
      const count = typeof replicas === 'string' && /^\d{1,6}$/.test(replicas) ? Number(replicas) : 1;
      return [{ kind: known, namespace, name, image: typeof image === 'string' ? image : '', replicas: count }];
    });
  }

  /** Changes how many pods a workload has; what is there now begins or stops at this time. */
  scale({ kind, namespace, name }: Workload, replicas: number, now: bigint): void {
    const key = `${kind}/${namespace}/${name}`;
    const before = this.#objects[key];
    this.#objects = { ...this.#objects, [key]: { ...(isMapping(before) ? before : {}), replicas: String(replicas) } };
    this.settle(now);
  }

  /** Lets containers run, or not, as the objects want it from now on. */
  settle(now: bigint): void {
    const running = new Set(this.pods().flatMap(({ containers }) => containers.map(({ id }) => id)));
    for (const { id, pod } of this.containers) {
      if (pod === undefined) continue;
      const isStopped = this.#stops.some((one) => one.container === id && one.until === undefined);
      if (running.has(id) && isStopped) {
        this.#stops = this.#stops.map((one) =>
          one.container === id && one.until === undefined ? { ...one, until: now } : one,
        );
      } else if (!running.has(id) && !isStopped) this.#stops.push({ container: id, from: now, until: undefined });
    }
  }

  /** Pods that run, by namespace and name. */
  pods(): Pod[] {
    const workloads = this.workloads();
    const found: Pod[] = [];
    const taken = new Set<string>();
    for (const workload of workloads) {
      const here = this.#podsHere().filter((pod) => belongs(pod, workload));
      for (const { namespace, name } of here) taken.add(`${namespace}/${name}`);
      found.push(...here.slice(0, workload.replicas), ...elsewhere(workload, here));
    }
    found.push(...this.#podsHere().filter(({ namespace, name }) => !taken.has(`${namespace}/${name}`)));
    const place = ({ namespace, name }: Pod): string => `${namespace}/${name}`;
    return found.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  }

  /** Pods that the story has, whether or not they run. */
  #podsHere(): Pod[] {
    const byName = new Map<string, NodeContainer[]>();
    for (const container of this.containers) {
      if (container.pod === undefined) continue;
      const key = `${container.pod.namespace}/${container.pod.name}`;
      byName.set(key, [...(byName.get(key) ?? []), container]);
    }
    return [...byName.values()].map((containers): Pod => {
      const [{ pod, address, image }] = containers as [NodeContainer];
      const { namespace = '', name = '' } = pod ?? {};
      return { namespace, name, owner: ownerOf(name), address, image, containers, isHere: true };
    });
  }
}

/** A workload that the task names takes pods by its name also where they are called otherwise than Kubernetes would. */
function belongs({ namespace, name, owner }: Pod, workload: Workload): boolean {
  if (namespace !== workload.namespace) return false;
  if (owner?.name === workload.name) return true;
  return owner?.kind !== 'deployment' && name.startsWith(`${workload.name}-`);
}

/** Pods of a workload that run on other nodes, which the story does not tell of. */
function elsewhere(workload: Workload, here: readonly Pod[]): Pod[] {
  const { kind, namespace, name, image, replicas } = workload;
  const count = Math.min(MAX_NODE_PODS, kind === 'daemonset' ? 0 : replicas - here.length);
  const chance = new Chance(`${namespace}/${name}`, 'pods elsewhere');
  const replicaSet = here[0]?.owner?.replicaSet ?? `${name}-${chance.suffix(10)}`;
  return Array.from({ length: Math.max(0, count) }, (_, i): Pod => {
    const called = kind === 'statefulset' ? `${name}-${here.length + i}` : `${replicaSet}-${chance.suffix(5)}`;
    const last = Number.parseInt(digitsOf(called, 2), 16);
    return {
      namespace,
      name: called,
      owner: { kind, name, replicaSet: kind === 'deployment' ? replicaSet : undefined },
      address: `10.244.2.${(last % 250) + 2}`,
      image,
      containers: [],
      isHere: false,
    };
  });
}

/** Objects that own the pods of a story, where a task names none. */
export function derivedObjects(containers: readonly NodeContainer[]): { [key: string]: Plain } {
  const objects: { [key: string]: { image: string; replicas: string } } = {};
  const seen = new Set<string>();
  for (const { pod, image } of containers) {
    const owner = pod && ownerOf(pod.name);
    if (pod === undefined || owner === undefined || seen.has(`${pod.namespace}/${pod.name}`)) continue;
    seen.add(`${pod.namespace}/${pod.name}`);
    const key = `${owner.kind}/${pod.namespace}/${owner.name}`;
    objects[key] = { image, replicas: String(Number(objects[key]?.replicas ?? 0) + 1) };
  }
  return objects;
}
