import { bytesOf, fromUnicode, type ByteString } from '../model/byte-string.ts';
import { MAX_CONTAINER_JSON_BYTES } from '../model/limits.ts';

/** What a runtime said about a container, by the keys of the container plugin's JSON (`"container": {...}`). */
export interface Container {
  readonly id: ByteString;
  readonly fullId: ByteString;
  /** `docker`, `containerd`, `cri-o` ..., empty for a number that has no name. */
  readonly type: ByteString;
  /** The record as delivered: strings, numbers, booleans, lists and maps; texts are byte strings. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** Names by the plugin's number. */
const TYPES: Readonly<Record<number, ByteString>> = {
  0: 'docker',
  1: 'lxc',
  2: 'libvirt-lxc',
  3: 'mesos',
  4: 'rkt',
  6: 'cri',
  7: 'containerd',
  8: 'cri-o',
  9: 'bpm',
  11: 'podman',
  0xfffe: 'host',
};

type Kind = (value: unknown) => boolean;

const isText: Kind = (value) => typeof value === 'string';
const isFlag: Kind = (value) => typeof value === 'boolean';
const isNumber: Kind = (value) => typeof value === 'number' || typeof value === 'boolean';
const isTexts: Kind = (value) => Array.isArray(value) && value.every(isText);
const isLabels: Kind = (value) => isObject(value) && Object.values(value).every(isText);
const isObjects: Kind = (value) => Array.isArray(value) && value.every(isObject);
const isMounts: Kind = (value) => isObjects(value) && (value as Record<string, unknown>[]).every(isMount);

/** What the plugin insists on. A key may be missing; one of another kind makes it drop the whole record. */
const KINDS: Readonly<Record<string, Kind>> = {
  ...keys(isText, 'id name image imagedigest imageid imagerepo imagetag User cni_json full_id ip pod_sandbox_id'),
  ...keys(isFlag, 'host_ipc host_network host_pid is_pod_sandbox privileged'),
  ...keys(isNumber, 'cpu_period cpu_quota cpu_shares cpuset_cpu_count created_time size memory_limit swap_limit'),
  ...keys(isObject, 'Healthcheck LivenessProbe ReadinessProbe'),
  type: (value) => typeof value === 'number',
};

const MOUNT_KINDS: Readonly<Record<string, Kind>> = {
  ...keys(isText, 'Source Destination Mode Propagation'),
  RW: isFlag,
};

/** Keys that may be null as well, since old writers made them so. */
const NULLABLE: Readonly<Record<string, Kind>> = {
  env: isTexts,
  ...keys(isLabels, 'labels pod_sandbox_labels'),
  port_mappings: isObjects,
  Mounts: isMounts,
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The record in the JSON of a container event; undefined when the plugin would not take it. */
export function readContainer(json: ByteString): Container | undefined {
  const container = parse(json);
  if (container === undefined) return undefined;
  if (!fits(container, KINDS)) return undefined;
  for (const [key, kind] of Object.entries(NULLABLE)) {
    if (key in container && container[key] !== null && !kind(container[key])) return undefined;
  }
  return {
    id: (container.id as ByteString | undefined) ?? '',
    fullId: (container.full_id as ByteString | undefined) ?? '',
    type: TYPES[(container.type as number | undefined) ?? -1] ?? '',
    record: container,
  };
}

/** A record with nothing in it but who it is about. */
export function bareContainer(id: ByteString, type: ByteString, isHost = false): Container {
  return { id, fullId: isHost ? id : '', type, record: isHost ? { id, full_id: id, name: id } : { id } };
}

function parse(json: ByteString): Record<string, unknown> | undefined {
  if (json.length > MAX_CONTAINER_JSON_BYTES) return undefined;
  try {
    const whole: unknown = JSON.parse(decoder.decode(bytesOf(json)));
    const container = isObject(whole) ? whole.container : undefined;
    return isObject(container) ? (asByteStrings(container, 0) as Record<string, unknown>) : undefined;
  } catch {
    // Not JSON, or not UTF-8: the plugin drops such an event without a word.
    return undefined;
  }
}

/** Deep enough for every key that is read; what lies deeper is dropped. */
const MAX_DEPTH = 4;

function asByteStrings(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return fromUnicode(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => asByteStrings(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fromUnicode(key), asByteStrings(item, depth + 1)]),
  );
}

function isMount(mount: Record<string, unknown>): boolean {
  return fits(mount, MOUNT_KINDS);
}

function fits(value: Record<string, unknown>, kinds: Readonly<Record<string, Kind>>): boolean {
  return Object.entries(kinds).every(([key, kind]) => !(key in value) || kind(value[key]));
}

function keys(kind: Kind, names: string): Record<string, Kind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
