import type { ByteString } from '../../model/byte-string.ts';
import type { ContainerPlan, Runtime } from '../scenario.ts';
import { cgroupsOf, servicePath } from './cgroups.ts';
import { findExecutable } from './executable.ts';
import { NO_IMAGE, Process } from './process.ts';
import type { Stage } from './stage.ts';
import { openStreams } from './streams.ts';

/** The programs that a runtime runs on the host. */
export interface RuntimePrograms {
  /** The service that starts containers. */
  readonly daemon: readonly ByteString[];
  /** What stays beside each container, its parent. */
  readonly shim: (id: ByteString) => readonly ByteString[];
  /** What makes a container or enters one. */
  readonly runner: ByteString;
}

/** By runtime. */
export const RUNTIME_PROGRAMS: Readonly<Record<Runtime, RuntimePrograms>> = {
  containerd: {
    daemon: ['/usr/bin/containerd'],
    shim: (id) => [
      '/usr/bin/containerd-shim-runc-v2',
      '-namespace',
      'k8s.io',
      '-id',
      id,
      '-address',
      '/run/containerd/containerd.sock',
    ],
    runner: '/usr/sbin/runc',
  },
  docker: {
    daemon: ['/usr/bin/containerd'],
    shim: (id) => [
      '/usr/bin/containerd-shim-runc-v2',
      '-namespace',
      'moby',
      '-id',
      id,
      '-address',
      '/run/containerd/containerd.sock',
    ],
    runner: '/usr/sbin/runc',
  },
  'cri-o': {
    daemon: ['/usr/bin/crio'],
    shim: (id) => ['/usr/bin/conmon', '-b', `/run/containers/storage/overlay-containers/${id}/userdata`, '-c', id],
    runner: '/usr/bin/crun',
  },
  podman: {
    daemon: ['/usr/bin/podman', 'system', 'service'],
    shim: (id) => ['/usr/bin/conmon', '--api-version', '1', '-c', id],
    runner: '/usr/bin/crun',
  },
};

/** Puts the services of the runtimes on the host, and beside each running container what keeps it. */
export function runtimeProcesses(
  stage: Stage,
  containers: readonly ContainerPlan[],
  starting: ReadonlySet<ByteString>,
): void {
  const daemons = new Map<ByteString, Process>();
  for (const plan of containers) {
    const { daemon, shim } = RUNTIME_PROGRAMS[plan.runtime];
    const name = daemon[0] as ByteString;
    const service = daemons.get(name) ?? hostProcess(stage, daemon);
    daemons.set(name, service);
    const place = stage.places.get(plan.name);
    if (place === undefined) continue;
    place.daemon = service;
    if (starting.has(plan.name)) continue;
    place.shim = hostProcess(stage, shim(plan.id));
    place.shim.subreaper = true;
  }
}

function hostProcess(stage: Stage, argv: readonly ByteString[]): Process {
  const tid = stage.nextPid();
  const process = new Process(tid, tid, stage.host, NO_IMAGE);
  if (stage.host.init !== undefined) process.inherit(stage.host.init);
  process.session = process.group = process;
  process.image = findExecutable(process, { argv }).image;
  process.cgroups = cgroupsOf(servicePath(process.image.comm === 'conmon' ? 'crio' : 'containerd'));
  openStreams(stage, process);
  return process;
}
