import { createHash } from 'node:crypto';
import { pathOf } from './control-groups.ts';
import type { ContainerSettings } from './drive.ts';

/** What runtimes give to every container. */
const USUAL_CAPABILITIES =
  'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE';
/** All others, but for SYS_RESOURCE, which some virtual machines withhold from their root. */
const OTHER_CAPABILITIES =
  'DAC_READ_SEARCH LINUX_IMMUTABLE NET_BROADCAST NET_ADMIN IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_TIME SYS_TTY_CONFIG LEASE AUDIT_CONTROL MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE';
/** Where a pod finds the token of its account. */
export const TOKEN_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A container by its name: ids of 64 digits that are the same whenever it is made. */
export class ContainerNames {
  readonly id: string;
  readonly podId: string;
  /** Where containerd keeps what it knows of a container. */
  readonly bundle: string;
  readonly cgroup: string;
  readonly volumes: string;

  constructor(name: string) {
    this.id = createHash('sha256').update(name).digest('hex');
    const digits = createHash('sha256').update(`pod of ${name}`).digest('hex');
    this.podId = [
      digits.slice(0, 8),
      digits.slice(8, 12),
      digits.slice(12, 16),
      digits.slice(16, 20),
      digits.slice(20, 32),
    ].join('-');
    this.bundle = `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${this.id}`;
    const pod = `kubepods-besteffort-pod${this.podId.replaceAll('-', '_')}.slice`;
    this.cgroup = `/kubepods.slice/kubepods-besteffort.slice/${pod}/cri-containerd-${this.id}.scope`;
    this.volumes = `/var/lib/kubelet/pods/${this.podId}`;
  }
}

/** The `config.json` of a container's bundle, as containerd writes it for a pod of Kubernetes. */
export function ociConfiguration(settings: ContainerSettings, names: ContainerNames): object {
  const capabilities = capabilitiesOf(settings).map((name) => `CAP_${name}`);
  const isPrivileged = settings.privileged;
  const namespaces = ['pid', 'ipc', 'uts', 'mount', 'network'].filter((type) => !settings.shares.includes(type));
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid: 0, gid: 0 },
      args: ['nginx', '-g', 'daemon off;'],
      env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOSTNAME=web-0', ...settings.env],
      cwd: '/',
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
    },
    root: { path: 'rootfs' },
    hostname: settings.shares.includes('uts') ? undefined : 'web-0',
    annotations: {
      'io.kubernetes.cri.container-name': 'web',
      'io.kubernetes.cri.container-type': 'container',
      'io.kubernetes.cri.image-name': settings.image,
      'io.kubernetes.cri.sandbox-name': 'web-0',
      'io.kubernetes.cri.sandbox-namespace': settings.namespace,
      'io.kubernetes.cri.sandbox-uid': names.podId,
    },
    mounts: [
      mount('proc', '/proc', 'noexec', 'nodev'),
      mount('tmpfs', '/dev', 'mode=755'),
      mount('devpts', '/dev/pts', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'),
      mount('tmpfs', '/dev/shm', 'nodev', 'mode=1777'),
      mount('sysfs', '/sys', 'noexec', isPrivileged ? 'rw' : 'ro'),
      bind(`${names.volumes}/token`, TOKEN_FOLDER, 'ro'),
      ...Object.entries(settings.mounts).map(([to, from]) => bind(from, to, 'rw')),
    ],
    linux: {
      cgroupsPath: pathOf(names.cgroup),
      resources: { devices: [{ allow: true, access: 'rwm' }] },
      namespaces: namespaces.map((type) => (type === 'network' ? { type, path: '/run/netns/web' } : { type })),
      ...(isPrivileged
        ? {}
        : {
            maskedPaths: ['/proc/kcore', '/proc/keys'],
            readonlyPaths: ['/proc/bus', '/proc/sys', '/proc/sysrq-trigger'],
          }),
    },
  };
}

function capabilitiesOf({ privileged, capabilities }: ContainerSettings): readonly string[] {
  const usual = USUAL_CAPABILITIES.split(' ');
  if (privileged) return [...usual, ...OTHER_CAPABILITIES.split(' ')];
  return [...usual, ...capabilities];
}

function mount(type: string, destination: string, ...options: string[]): object {
  return { destination, type, source: type, options: ['nosuid', ...options] };
}

function bind(source: string, destination: string, mode: string): object {
  return { destination, type: 'bind', source, options: ['rbind', mode] };
}
