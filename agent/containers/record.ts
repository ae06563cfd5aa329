import type { Bundle, Runtime } from './bundle.ts';

/** The container plugin's numbers of runtimes; a bare runc counts as `cri`. */
const TYPE: Readonly<Record<Runtime, number>> = { docker: 0, runc: 6, containerd: 7, 'cri-o': 8, podman: 11 };
const SHOWN_DIGITS = 12;
/** Capabilities from which on a container counts as privileged: all that a kernel has. */
const ALL_CAPABILITIES = 37;

/** What is written down of a container, by the keys of the container plugin's JSON. */
interface Details {
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly user: string;
  readonly env: readonly string[];
  readonly labels: Readonly<{ [key: string]: string }>;
  readonly mounts: readonly Mount[];
  readonly privileged: boolean;
  readonly sandboxId: string;
  readonly isSandbox: boolean;
  readonly ip: string;
  readonly shares: (namespace: string) => boolean;
}

interface Mount {
  readonly source: string;
  readonly destination: string;
  readonly readOnly: boolean;
}

type Json = Readonly<{ [key: string]: unknown }>;

/**
 * The JSON of a `container` event, as the container plugin writes it.
 *
 * @param id all digits that are known
 * @param created seconds since the epoch
 */
export function containerJson(id: string, bundle: Bundle | undefined, created: number): string {
  const details = bundle === undefined ? unknownDetails(id) : detailsOf(id, bundle);
  const { repository, tag } = imageParts(details.image);
  return JSON.stringify({
    container: {
      type: bundle === undefined ? TYPE.runc : TYPE[bundle.runtime],
      id: id.slice(0, SHOWN_DIGITS),
      name: details.name,
      image: details.image,
      imagedigest: '',
      imageid: details.imageId,
      imagerepo: repository,
      imagetag: tag,
      User: details.user,
      cni_json: '',
      cpu_period: 100_000,
      cpu_quota: 0,
      cpu_shares: 1024,
      cpuset_cpu_count: 0,
      created_time: created,
      env: details.env,
      full_id: id,
      host_ipc: details.shares('ipc'),
      host_network: details.shares('network'),
      host_pid: details.shares('pid'),
      ip: details.ip,
      size: -1,
      is_pod_sandbox: details.isSandbox,
      labels: details.labels,
      memory_limit: 0,
      swap_limit: 0,
      pod_sandbox_id: details.sandboxId.slice(0, SHOWN_DIGITS),
      privileged: details.privileged,
      pod_sandbox_labels: null,
      port_mappings: [],
      Mounts: details.mounts.map(({ source, destination, readOnly }) => ({
        Source: source,
        Destination: destination,
        Mode: readOnly ? 'ro' : '',
        RW: !readOnly,
        Propagation: 'private',
      })),
    },
  });
}

function unknownDetails(id: string): Details {
  return {
    name: id.slice(0, SHOWN_DIGITS),
    image: '',
    imageId: '',
    user: '',
    env: [],
    labels: {},
    mounts: [],
    privileged: false,
    sandboxId: '',
    isSandbox: false,
    ip: '',
    shares: () => false,
  };
}

function detailsOf(id: string, bundle: Bundle): Details {
  return bundle.runtime === 'docker' ? dockerDetails(id, bundle.config) : ociDetails(id, bundle.config);
}

function ociDetails(id: string, config: Json): Details {
  const notes = texts(config['annotations']);
  const process = object(config['process']);
  const user = object(process['user']);
  const linux = object(config['linux']);
  const namespaces = list(linux['namespaces']).map((entry) => object(entry)['type']);
  const bounding = list(object(process['capabilities'])['bounding']);
  const first = (...keys: string[]) => keys.map((key) => notes[key]).find((value) => value !== undefined) ?? '';
  const pod = {
    'io.kubernetes.container.name': first('io.kubernetes.cri.container-name', 'io.kubernetes.container.name'),
    'io.kubernetes.pod.name': first('io.kubernetes.cri.sandbox-name', 'io.kubernetes.pod.name'),
    'io.kubernetes.pod.namespace': first('io.kubernetes.cri.sandbox-namespace', 'io.kubernetes.pod.namespace'),
    'io.kubernetes.pod.uid': first('io.kubernetes.cri.sandbox-uid', 'io.kubernetes.pod.uid'),
  };
  const labels = texts(parsed(notes['io.kubernetes.cri-o.Labels']));
  return {
    name: pod['io.kubernetes.container.name'] || first('io.kubernetes.cri-o.Name') || id.slice(0, SHOWN_DIGITS),
    image: first('io.kubernetes.cri.image-name', 'io.kubernetes.cri-o.ImageName', 'org.opencontainers.image.ref.name'),
    imageId: first('io.kubernetes.cri-o.ImageRef').replace(/^.*@?sha256:/, ''),
    user: user['uid'] === 0 || user['uid'] === undefined ? '' : String(user['uid']),
    env: list(process['env']).map(String),
    labels: { ...Object.fromEntries(Object.entries(pod).filter(([, value]) => value !== '')), ...labels },
    mounts: list(config['mounts']).map(object).filter(isOfMachine).map(ociMount),
    privileged: bounding.length >= ALL_CAPABILITIES && linux['maskedPaths'] === undefined,
    sandboxId: first('io.kubernetes.cri.sandbox-id', 'io.kubernetes.cri-o.SandboxID'),
    isSandbox: /^sandbox$/.test(first('io.kubernetes.cri.container-type', 'io.kubernetes.cri-o.ContainerType')),
    ip: '',
    shares: (namespace) => !namespaces.includes(namespace),
  };
}

/** Runtimes tell of what a container got of the machine; /proc, /dev and the like are in every one. */
function isOfMachine(mount: Json): boolean {
  const options = list(mount['options']);
  return mount['type'] === 'bind' || options.includes('bind') || options.includes('rbind');
}

function ociMount(mount: Json): Mount {
  return {
    source: String(mount['source'] ?? ''),
    destination: String(mount['destination'] ?? ''),
    readOnly: list(mount['options']).includes('ro'),
  };
}

function dockerDetails(id: string, config: Json): Details {
  const own = object(config['Config']);
  const host = object(config['HostConfig']);
  const networks = Object.values(object(object(config['NetworkSettings'])['Networks']));
  const mounts = Object.values(object(config['MountPoints'])).map((entry) => object(entry));
  return {
    name: String(config['Name'] ?? id.slice(0, SHOWN_DIGITS)).replace(/^\//, ''),
    image: String(own['Image'] ?? ''),
    imageId: String(config['Image'] ?? '').replace(/^sha256:/, ''),
    user: String(own['User'] ?? ''),
    env: list(own['Env']).map(String),
    labels: texts(own['Labels']),
    mounts: mounts.map((mount) => ({
      source: String(mount['Source'] ?? ''),
      destination: String(mount['Destination'] ?? ''),
      readOnly: mount['RW'] === false,
    })),
    privileged: host['Privileged'] === true,
    sandboxId: texts(own['Labels'])['io.kubernetes.sandbox.id'] ?? '',
    isSandbox: texts(own['Labels'])['io.kubernetes.docker.type'] === 'podsandbox',
    ip: String(object(networks[0])['IPAddress'] ?? ''),
    shares: (namespace) => host[{ ipc: 'IpcMode', network: 'NetworkMode', pid: 'PidMode' }[namespace] ?? ''] === 'host',
  };
}

function imageParts(image: string): { repository: string; tag: string } {
  const [named = ''] = image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon === -1
    ? { repository: named, tag: '' }
    : { repository: named.slice(0, colon), tag: named.slice(colon + 1) };
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): Readonly<{ [key: string]: string }> {
  return Object.fromEntries(Object.entries(object(value)).map(([key, text]) => [key, String(text)]));
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
