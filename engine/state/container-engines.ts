import type { ByteString } from '../model/byte-string.ts';

/** What a control group says about the container that a thread is in. */
export interface CgroupMatch {
  readonly id: ByteString;
  /** The runtime's name, where the path alone tells it and no more can be learnt. */
  readonly type: ByteString | undefined;
}

/** A way to recognise a container's id in a control group's path; undefined when the path is not of this runtime. */
type Engine = (path: ByteString) => CgroupMatch | undefined;

const ID_LENGTH = 64;
const SHOWN_LENGTH = 12;
const NO_HEX = /[^0-9a-fA-F]/g;

/** In the order in which the container plugin tries them. */
const ENGINES: readonly Engine[] = [podman, dockerOrCri, containerd, lxc, libvirtLxc, bpm];

/** The container that a control group's path belongs to, by the first runtime that knows the path. */
export function matchCgroup(path: ByteString): CgroupMatch | undefined {
  for (const engine of ENGINES) {
    const match = engine(path);
    if (match !== undefined) return match;
  }
  return undefined;
}

function podman(path: ByteString): CgroupMatch | undefined {
  for (const prefix of ['/libpod-', '/libpod-payload-']) {
    for (const suffix of ['.scope', '.scope/container', '']) {
      const id = idBetween(path, prefix, suffix, false);
      if (id !== undefined) return { id, type: undefined };
    }
  }
  return undefined;
}

/** Docker's two shapes are among those of the CRI runtimes; none of them says more than the id. */
const CRI_SHAPES: readonly (readonly [string, string])[] = [
  ['/', ''],
  ['/docker-', '.scope'],
  ['/crio-', ''],
  ['/cri-containerd-', '.scope'],
  ['/crio-', '.scope'],
  [':cri-containerd:', ''],
  ['/nerdctl-', '.scope'],
];

function dockerOrCri(path: ByteString): CgroupMatch | undefined {
  for (const [prefix, suffix] of CRI_SHAPES) {
    const id = idBetween(path, prefix, suffix, false);
    if (id !== undefined) return { id, type: undefined };
  }
  return undefined;
}

/** `/NAMESPACE/ID`, where the first element that can be a namespace is taken for it. */
function containerd(path: ByteString): CgroupMatch | undefined {
  const namespace = /\/[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*\//.exec(path);
  if (namespace === null) return undefined;
  const id = idBetween(path, namespace[0], '', true);
  return id === undefined ? undefined : { id, type: undefined };
}

function lxc(path: ByteString): CgroupMatch | undefined {
  for (const prefix of ['/lxc/', '/lxc.payload/', '/lxc.payload.']) {
    const at = path.indexOf(prefix);
    if (at === -1) continue;
    const start = at + prefix.length;
    const end = path.indexOf('/', start);
    return { id: path.slice(start, end === -1 ? undefined : end), type: 'lxc' };
  }
  return undefined;
}

function libvirtLxc(path: ByteString): CgroupMatch | undefined {
  const id = libvirtPlain(path) ?? libvirtScope(path) ?? afterPrefix(path, '/libvirt/lxc/');
  return id === undefined ? undefined : { id, type: 'libvirt-lxc' };
}

function libvirtPlain(path: ByteString): ByteString | undefined {
  const at = path.indexOf('.libvirt-lxc');
  if (at === -1 || at !== path.length - '.libvirt-lxc'.length) return undefined;
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : path.slice(slash + 1, at);
}

/** `machine-lxc\x2dID.scope`, perhaps with `/libvirt` behind. */
function libvirtScope(path: ByteString): ByteString | undefined {
  const mark = '-lxc\\x2';
  const at = path.indexOf(mark);
  if (at === -1) return undefined;
  const suffix = path.includes('.scope/libvirt') ? '.scope/libvirt' : '.scope';
  const end = path.indexOf(suffix);
  if (end === -1 || end !== path.length - suffix.length) return undefined;
  // The mark's last character, the `d` of `\x2d`, is passed over as well.
  return path.slice(at + mark.length + 1, Math.max(end, at + mark.length + 1));
}

function bpm(path: ByteString): CgroupMatch | undefined {
  const tail = afterPrefix(path, 'bpm-');
  if (tail === undefined) return undefined;
  const end = tail.indexOf('.scope');
  const id = end === -1 ? tail : tail.slice(0, end);
  return /^[A-Za-z0-9._-]+$/.test(id) ? { id, type: 'bpm' } : undefined;
}

function afterPrefix(path: ByteString, prefix: string): ByteString | undefined {
  const at = path.indexOf(prefix);
  return at === -1 ? undefined : path.slice(at + prefix.length);
}

/**
 * The id between the last prefix and the last suffix, or the end. It must have 64 characters; Falco looks for one that
 * isn't hexadecimal from its start on, and lets it pass if that lies beyond place 64 of the whole path. containerd's
 * ids are free, but what ends like a unit of systemd is none.
 */
function idBetween(path: ByteString, prefix: string, suffix: string, isFree: boolean): ByteString | undefined {
  const at = path.lastIndexOf(prefix);
  if (at === -1) return undefined;
  const start = at + prefix.length;
  const end = suffix === '' ? path.length : path.lastIndexOf(suffix);
  if (end === -1) return undefined;
  const length = end - start;
  if (length === ID_LENGTH && firstNoHex(path, start) >= ID_LENGTH) return path.slice(start, start + SHOWN_LENGTH);
  if (!isFree || length <= 0 || length > ID_LENGTH || /\.(?:service|slice|scope)$/.test(path)) return undefined;
  return path.slice(start, start + Math.min(length, SHOWN_LENGTH));
}

function firstNoHex(path: ByteString, start: number): number {
  NO_HEX.lastIndex = start;
  return NO_HEX.exec(path)?.index ?? Infinity;
}
