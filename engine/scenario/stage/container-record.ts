import { fromUnicode, toUnicode, type ByteString } from '../../model/byte-string.ts';
import type { ContainerPlan, Runtime } from '../scenario.ts';
import { podUid } from './cgroups.ts';
import { digitsOf } from './identifier.ts';

/** Numbers of the container types, as the container plugin writes them. */
const TYPE_CODE: Readonly<Record<Runtime, number>> = { docker: 0, containerd: 7, 'cri-o': 8, podman: 11 };
/** Digits of an id that `container.id` shows. */
export const SHORT_ID_DIGITS = 12;

/** An image's name taken apart. */
interface ImageName {
  readonly whole: ByteString;
  readonly repository: ByteString;
  readonly tag: ByteString;
}

/**
 * What the container plugin tells of a container: the JSON of its `container` event, with a NUL at its end.
 *
 * @param created seconds since the epoch
 */
export function containerRecord(plan: ContainerPlan, address: string, created: number): ByteString {
  const image = imageName(plan);
  const pod = plan.pod;
  const kubernetes = pod === undefined ? {} : podLabels(plan, pod);
  const record = {
    type: TYPE_CODE[plan.runtime],
    id: plan.id.slice(0, SHORT_ID_DIGITS),
    name: toUnicode(plan.title),
    image: toUnicode(image.whole),
    imagedigest: `sha256:${digitsOf(`digest of ${image.whole}`, 64)}`,
    imageid: digitsOf(`image ${image.whole}`, 64),
    imagerepo: toUnicode(image.repository),
    imagetag: toUnicode(image.tag),
    User: plan.user === 'root' ? '' : toUnicode(plan.user),
    cni_json: '',
    cpu_period: 100_000,
    cpu_quota: 0,
    cpu_shares: 1024,
    cpuset_cpu_count: 0,
    created_time: created,
    env: plan.env.map(toUnicode),
    full_id: plan.id,
    host_ipc: false,
    host_network: false,
    host_pid: false,
    ip: address,
    size: -1,
    is_pod_sandbox: false,
    labels: { ...kubernetes, ...labelsOf(plan.labels) },
    memory_limit: 0,
    swap_limit: 0,
    pod_sandbox_id: pod === undefined ? '' : digitsOf(`sandbox ${pod.namespace}/${pod.name}`, SHORT_ID_DIGITS),
    privileged: plan.privileged,
    pod_sandbox_labels: pod === undefined ? null : labelsOf(plan.labels),
    port_mappings: [],
    Mounts: plan.mounts.map(({ source, destination, readOnly, access }) => ({
      Source: toUnicode(source),
      Destination: toUnicode(destination),
      Mode: plan.runtime === 'docker' ? access : '',
      RW: !readOnly,
      Propagation: plan.runtime === 'docker' ? 'rprivate' : 'private',
    })),
  };
  return `${fromUnicode(JSON.stringify({ container: record }))}\0`;
}

function podLabels(plan: ContainerPlan, pod: { namespace: ByteString; name: ByteString }): Record<string, string> {
  return {
    'io.kubernetes.container.name': toUnicode(plan.title),
    'io.kubernetes.pod.name': toUnicode(pod.name),
    'io.kubernetes.pod.namespace': toUnicode(pod.namespace),
    'io.kubernetes.pod.uid': podUid(plan),
  };
}

function labelsOf(labels: ReadonlyMap<ByteString, ByteString>): Record<string, string> {
  return Object.fromEntries([...labels].map(([name, value]) => [toUnicode(name), toUnicode(value)]));
}

/** The parts of an image's name. Kubernetes' runtimes write the registry out, docker and podman as it was given. */
function imageName(plan: ContainerPlan): ImageName {
  const [named = ''] = plan.image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const short = colon === -1 ? named : named.slice(0, colon);
  const tag = colon === -1 ? 'latest' : named.slice(colon + 1);
  const writesOut = plan.runtime === 'containerd' || plan.runtime === 'cri-o';
  const repository = writesOut ? `${registryOf(short)}${short}` : short;
  return { whole: `${repository}:${tag}`, repository, tag };
}

/** What a short name is short of. */
function registryOf(name: ByteString): ByteString {
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return 'docker.io/library/';
  return /[.:]|^localhost$/.test(first) ? '' : 'docker.io/';
}
