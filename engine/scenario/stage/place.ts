import type { ByteString } from '../../model/byte-string.ts';
import { ALL_CAPABILITIES, CONTAINER_CAPABILITIES } from '../language/capability-set.ts';
import type { ContainerPlan } from '../scenario.ts';
import type { Accounts } from './accounts.ts';
import type { FileSystem } from './file-system.ts';
import type { Process } from './process.ts';

/** What a place is made of. */
export interface PlaceParts {
  readonly name: ByteString;
  readonly container: ContainerPlan | undefined;
  readonly hostname: ByteString;
  /** 4 or 16 bytes: where its connections come from. */
  readonly address: ByteString;
  readonly accounts: Accounts;
  readonly files: FileSystem;
  readonly cgroups: readonly ByteString[];
}

/** Where processes live: the host or a container, with accounts, files, process ids and an address of its own. */
export class Place {
  readonly name: ByteString;
  readonly container: ContainerPlan | undefined;
  readonly hostname: ByteString;
  readonly address: ByteString;
  readonly accounts: Accounts;
  readonly files: FileSystem;
  readonly cgroups: readonly ByteString[];
  /** The first process; on the host that is systemd. */
  init: Process | undefined;
  /** The process that the runtime keeps beside a container, and the service that starts containers. */
  shim: Process | undefined;
  daemon: Process | undefined;
  /** Users of a container that Falco has been told of. */
  readonly knownUsers = new Set<number>();
  /** When the first process began, nanoseconds since the machine started. */
  initStart = 210_605_742n;
  #nextVpid = 1;

  constructor(parts: PlaceParts) {
    this.name = parts.name;
    this.container = parts.container;
    this.hostname = parts.hostname;
    this.address = parts.address;
    this.accounts = parts.accounts;
    this.files = parts.files;
    this.cgroups = parts.cgroups;
  }

  get isHost(): boolean {
    return this.container === undefined;
  }

  /** The id that the next process has inside. On the host it is the one it has anyway. */
  nextVtid(tid: number): number {
    return this.isHost ? tid : this.#nextVpid++;
  }

  /** What a user of this place may do without asking for more. */
  capabilitiesOf(uid: number): bigint {
    if (uid !== 0) return 0n;
    const { container } = this;
    if (container === undefined || container.privileged) return ALL_CAPABILITIES;
    return (CONTAINER_CAPABILITIES | container.addCapabilities) & ~container.dropCapabilities;
  }

  /** The environment that processes of this place begin with. */
  environment(home: ByteString): readonly ByteString[] {
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    if (this.container === undefined) return [path, `HOME=${home}`, 'LANG=C.UTF-8'];
    return [path, `HOSTNAME=${this.hostname}`, ...this.container.env, `HOME=${home}`];
  }
}
