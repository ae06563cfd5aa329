import type { ByteString } from '../model/byte-string.ts';
import type { Span } from '../model/source.ts';
import type { Address } from './language/address.ts';
import type { Capabilities } from './language/capability-set.ts';
import type { Command } from './language/command.ts';
import type { Expectation } from './expect.ts';
import type { Unseen } from './stage/losses.ts';
import type { Verb } from './verb.ts';

/** An attack or a benign story, read and checked. */
export interface Scenario {
  readonly story: string;
  /** ATT&CK techniques, such as `T1059.004`. */
  readonly techniques: readonly string[];
  /** Rules of the upstream rule set that must fire on it. */
  readonly upstream: readonly string[];
  /** Rules of the upstream rule set that must stay silent on it. */
  readonly notUpstream: readonly string[];
  readonly machine: MachinePlan;
  readonly containers: readonly ContainerPlan[];
  readonly actors: readonly ActorPlan[];
  readonly steps: readonly Step[];
  readonly expectations: readonly Expectation[];
}

/** The machine on which a story happens. */
export interface MachinePlan {
  readonly hostname: ByteString;
  readonly address: ByteString;
  /** Accounts beside the usual ones. */
  readonly users: ReadonlyMap<ByteString, number>;
  /** Names of other machines, with their addresses. */
  readonly hosts: ReadonlyMap<ByteString, ByteString>;
  readonly cpus: number;
  /** Nanoseconds since the epoch. */
  readonly startTime: bigint;
}

/** Who made a container: decides the shape of its cgroup path and the processes around it. */
export type Runtime = 'containerd' | 'cri-o' | 'docker' | 'podman';

/** When the plugin learns what a container is: before its first process runs, some time after, or never. */
export type MetadataTime =
  | { readonly kind: 'before' }
  | { readonly kind: 'late'; readonly after: bigint }
  | { readonly kind: 'never' };

/** A container. */
export interface ContainerPlan {
  /** What the story calls it. */
  readonly name: ByteString;
  /** What the runtime calls it: `container.name`. */
  readonly title: ByteString;
  readonly span: Span;
  /** 64 hexadecimal digits. */
  readonly id: ByteString;
  readonly image: ByteString;
  readonly runtime: Runtime;
  readonly runs: Command;
  readonly privileged: boolean;
  readonly mounts: readonly MountPlan[];
  readonly labels: ReadonlyMap<ByteString, ByteString>;
  readonly pod: { readonly namespace: ByteString; readonly name: ByteString } | undefined;
  readonly env: readonly ByteString[];
  readonly user: ByteString;
  readonly users: ReadonlyMap<ByteString, number>;
  readonly addCapabilities: bigint;
  readonly dropCapabilities: bigint;
  readonly address: ByteString;
  readonly os: 'debian' | 'alpine';
  readonly metadata: MetadataTime;
}

/** A directory of the host that a container sees. */
export interface MountPlan {
  readonly source: ByteString;
  readonly destination: ByteString;
  readonly readOnly: boolean;
  /** `ro` or `rw` where that is written, as the command line of docker takes it. */
  readonly access: ByteString;
}

/** A process that is there when the story begins. */
export interface ActorPlan {
  readonly name: ByteString;
  readonly span: Span;
  /** A container's name, or `host`. */
  readonly place: ByteString;
  readonly runs: Command;
  readonly exe: ByteString | undefined;
  readonly user: ByteString | undefined;
  readonly parent: ByteString | undefined;
  readonly cwd: ByteString | undefined;
  readonly env: readonly ByteString[];
  readonly tty: number | undefined;
  readonly loginuid: ByteString | undefined;
  readonly capabilities: Capabilities;
  readonly listens: readonly Address[];
}

/** One sentence of a story. */
export interface Step {
  readonly verb: Verb;
  /** Who does it: an actor, or a container. */
  readonly subject: ByteString;
  /** What the verb takes, by the kind it declares; undefined for a verb without one. */
  readonly object: unknown;
  readonly keys: Readonly<Record<string, unknown>>;
  /** The name it gives to what it makes. */
  readonly as: ByteString | undefined;
  /** Nanoseconds before it. */
  readonly after: bigint;
  readonly repeat: number;
  /** Nanoseconds between repetitions. */
  readonly every: bigint;
  /** Whether its events arrive. */
  readonly unseen: Unseen;
  /** What the kernel returns: 0 for success, else a negative errno. */
  readonly result: number;
  readonly span: Span;
  /** Where its parts are: `subject`, `object` and each key. */
  readonly spans: ReadonlyMap<string, Span>;
}
