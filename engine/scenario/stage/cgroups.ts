import type { ByteString } from '../../model/byte-string.ts';
import type { ContainerPlan } from '../scenario.ts';
import { uuidOf } from './identifier.ts';

/** The subsystems that the probe reports, in its order; on a machine with one hierarchy all have the same path. */
const SUBSYSTEMS = ['cpuset', 'cpu', 'cpuacct', 'io', 'memory'];

/** A cgroup path as events carry it. */
export function cgroupsOf(path: ByteString): readonly ByteString[] {
  return SUBSYSTEMS.map((subsystem) => `${subsystem}=${path}`);
}

/** Where systemd puts a service of the host. */
export function servicePath(service: ByteString): ByteString {
  return `/system.slice/${service}.service`;
}

/** Where the runtime puts a container. */
export function containerPath(plan: ContainerPlan): ByteString {
  switch (plan.runtime) {
    case 'docker':
      return `/system.slice/docker-${plan.id}.scope`;
    case 'podman':
      return `/machine.slice/libpod-${plan.id}.scope/container`;
    case 'cri-o':
      return `${podPath(plan)}/crio-${plan.id}.scope`;
    case 'containerd':
      return plan.pod === undefined
        ? `/system.slice/cri-containerd-${plan.id}.scope`
        : `${podPath(plan)}/cri-containerd-${plan.id}.scope`;
  }
}

/** The id that the pod of a container has, by its name. */
export function podUid(plan: ContainerPlan): ByteString {
  return uuidOf(plan.pod === undefined ? plan.name : `${plan.pod.namespace}/${plan.pod.name}`);
}

function podPath(plan: ContainerPlan): ByteString {
  const pod = `kubepods-burstable-pod${podUid(plan).replaceAll('-', '_')}.slice`;
  return `/kubepods.slice/kubepods-burstable.slice/${pod}`;
}
