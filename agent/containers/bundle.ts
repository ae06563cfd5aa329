import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Which runtime a bundle was found of. */
export type Runtime = 'containerd' | 'docker' | 'cri-o' | 'podman' | 'runc';

/** What a runtime left on disk of a container. */
export interface Bundle {
  readonly runtime: Runtime;
  /** The file's JSON: an OCI configuration, or docker's own. */
  readonly config: Readonly<{ [key: string]: unknown }>;
}

/** Larger files are no configuration of a container. */
const MAX_CONFIG_BYTES = 4 * 1024 * 1024;
/** Folders of one kind that are looked into. */
const MAX_NAMESPACES = 32;

/**
 * Looks for what a runtime left of a container: its files alone, never its socket, which is as good as root.
 *
 * @param id all 64 digits
 * @param root where the host's files are
 */
export function findBundle(id: string, root = '/'): Bundle | undefined {
  // An id comes out of a path that anybody can make; it must not lead elsewhere.
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(id)) return undefined;
  return (
    // Docker has containerd run its containers, and alone knows their names and images.
    ociOf('docker', [join(root, 'var/lib/docker/containers', id, 'config.v2.json')]) ??
    ociOf('containerd', inNamespaces(join(root, 'run/containerd/io.containerd.runtime.v2.task'), id, 'config.json')) ??
    ociOf('cri-o', [join(root, 'run/containers/storage/overlay-containers', id, 'userdata/config.json')]) ??
    ociOf('podman', [join(root, 'var/lib/containers/storage/overlay-containers', id, 'userdata/config.json')]) ??
    runcOf(id, root)
  );
}

function inNamespaces(folder: string, id: string, file: string): string[] {
  try {
    return readdirSync(folder)
      .slice(0, MAX_NAMESPACES)
      .map((namespace) => join(folder, namespace, id, file));
  } catch {
    return [];
  }
}

function ociOf(runtime: Runtime, paths: readonly string[]): Bundle | undefined {
  for (const path of paths) {
    const config = readJson(path);
    if (config !== undefined) return { runtime: runtimeOf(runtime, config), config };
  }
  return undefined;
}

/** CRI-O and podman keep their containers in the same place; the annotations tell them apart. */
function runtimeOf(runtime: Runtime, config: Bundle['config']): Runtime {
  if (runtime !== 'cri-o' && runtime !== 'podman') return runtime;
  const text = JSON.stringify(config['annotations'] ?? {});
  return text.includes('io.kubernetes.cri-o.') ? 'cri-o' : 'podman';
}

/** runc and crun remember where the bundle of a container is. */
function runcOf(id: string, root: string): Bundle | undefined {
  const runc = readJson(join(root, 'run/runc', id, 'state.json'));
  const crun = readJson(join(root, 'run/crun', id, 'status'));
  const labels = (runc?.['config'] as { labels?: unknown } | undefined)?.labels;
  const label = Array.isArray(labels) ? labels.find((text) => String(text).startsWith('bundle=')) : undefined;
  const folder = label === undefined ? crun?.['bundle'] : String(label).slice('bundle='.length);
  if (typeof folder !== 'string') return undefined;
  return ociOf('runc', [join(root, folder, 'config.json')]);
}

function readJson(path: string): Bundle['config'] | undefined {
  try {
    if (!existsSync(path) || statSync(path).size > MAX_CONFIG_BYTES) return undefined;
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Bundle['config']) : undefined;
  } catch {
    return undefined;
  }
}
