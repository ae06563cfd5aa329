import { toUnicode, type ByteString } from '../../model/byte-string.ts';
import type { ContainerPlan, Scenario } from '../../scenario/scenario.ts';
import { SHORT_ID_DIGITS } from '../../scenario/stage/container-record.ts';
import { digitsOf } from '../../scenario/stage/identifier.ts';

/** Kinds of objects that own pods. */
export const WORKLOAD_KINDS = ['deployment', 'statefulset', 'daemonset'] as const;

/** A kind of object that owns pods. */
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** A container on the node, as its runtime knows it. */
export interface NodeContainer {
  /** 64 digits. */
  readonly fullId: string;
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly pod: { readonly namespace: string; readonly name: string; readonly id: string } | undefined;
  readonly address: string;
  /** What it runs, word by word. */
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly user: string;
  readonly privileged: boolean;
}

/** What the name of a pod says of its owner. */
export interface Owner {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** The ReplicaSet between a deployment and its pods. */
  readonly replicaSet: string | undefined;
}

/** Containers of a story. */
export function containersOf({ containers }: Scenario): NodeContainer[] {
  return containers.map(containerOf);
}

function containerOf(plan: ContainerPlan): NodeContainer {
  const { pod } = plan;
  return {
    fullId: plan.id,
    id: plan.id.slice(0, SHORT_ID_DIGITS),
    name: toUnicode(plan.title),
    image: toUnicode(plan.image),
    pod: pod && {
      namespace: toUnicode(pod.namespace),
      name: toUnicode(pod.name),
      id: digitsOf(`sandbox ${pod.namespace}/${pod.name}`, SHORT_ID_DIGITS),
    },
    address: dotted(plan.address),
    command: plan.runs.map(toUnicode),
    env: plan.env.map(toUnicode),
    user: toUnicode(plan.user),
    privileged: plan.privileged,
  };
}

/** Four bytes as an address is written; empty where there are none. */
function dotted(address: ByteString): string {
  return [...address].map((byte) => byte.charCodeAt(0)).join('.');
}

/**
 * The owner of a pod by how Kubernetes makes names: `web-7c5d8f9b6d-x2x4p` of a deployment, `db-0` of a StatefulSet,
 * `proxy-x2x4p` of a DaemonSet. Undefined for a pod that stands alone.
 */
export function ownerOf(pod: string): Owner | undefined {
  const deployed = /^(.+)-([a-z0-9]{6,10})-([a-z0-9]{5})$/.exec(pod);
  if (deployed !== null) {
    const [, name = '', set = ''] = deployed;
    return { kind: 'deployment', name, replicaSet: `${name}-${set}` };
  }
  const numbered = /^(.+)-\d{1,3}$/.exec(pod)?.[1];
  if (numbered !== undefined) return { kind: 'statefulset', name: numbered, replicaSet: undefined };
  const every = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5}$/.exec(pod)?.[1];
  return every === undefined ? undefined : { kind: 'daemonset', name: every, replicaSet: undefined };
}

/** When something was made that is there when the story begins: some hours before, by its name alone. */
export function createdAt(name: string, startTime: bigint): bigint {
  const seconds = 3_600 + (Number.parseInt(digitsOf(`age of ${name}`, 6), 16) % 72_000);
  return startTime - BigInt(seconds) * 1_000_000_000n;
}
