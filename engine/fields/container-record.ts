import type { ByteString } from '../model/byte-string.ts';
import type { Container } from '../state/containers.ts';

/** A mount as the runtime tells it. */
export interface Mount {
  readonly source: ByteString;
  readonly dest: ByteString;
  readonly mode: ByteString;
  readonly writable: boolean;
  readonly propagation: ByteString;
}

/** Remembers what was made of a container's record, which never changes; mounts and labels can be many. */
export function oncePerContainer<T>(make: (container: Container) => T): (container: Container) => T {
  const made = new WeakMap<Container, { readonly value: T }>();
  return (container) => {
    let known = made.get(container);
    if (known === undefined) made.set(container, (known = { value: make(container) }));
    return known.value;
  };
}

/** A text of a record, empty when the runtime left it out. */
export function recordText(container: Container, key: string): ByteString {
  return textOf(container.record[key]);
}

/** A yes or no of a record, false when the runtime left it out. */
export function recordFlag(container: Container, key: string): boolean {
  return container.record[key] === true;
}

/** A map of texts (`labels`, `pod_sandbox_labels`), empty when the runtime left it out or said null. */
export function recordMap(container: Container, key: string): ReadonlyMap<ByteString, ByteString> {
  return new Map(Object.entries(objectOf(container.record[key])).map(([name, value]) => [name, textOf(value)]));
}

/** One label, undefined when there is none. */
export function recordLabel(container: Container, key: string, label: ByteString): ByteString | undefined {
  const labels = objectOf(container.record[key]);
  return Object.hasOwn(labels, label) ? textOf(labels[label]) : undefined;
}

/** The mounts in the runtime's order. */
export function recordMounts(container: Container): readonly Mount[] {
  const mounts = container.record.Mounts;
  return Array.isArray(mounts) ? mounts.map(mountOf) : [];
}

function mountOf(value: unknown): Mount {
  const mount = objectOf(value);
  return {
    source: textOf(mount.Source),
    dest: textOf(mount.Destination),
    mode: textOf(mount.Mode),
    writable: mount.RW === true,
    propagation: textOf(mount.Propagation),
  };
}

function textOf(value: unknown): ByteString {
  return typeof value === 'string' ? value : '';
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
