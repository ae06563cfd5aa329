import type { ByteString } from '../model/byte-string.ts';
import { ofContainer } from './container-of-event.ts';
import { oncePerContainer, recordMounts, type Mount } from './container-record.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { indexOrKeyArgument } from './plugin-argument.ts';
import { SearchPattern } from './search-pattern.ts';

const source = (mount: Mount): ByteString => mount.source;
const dest = (mount: Mount): ByteString => mount.dest;

/** The mounts of a container: all, or one by its number or by a pattern for its source. */
export const CONTAINER_MOUNTS: Family = {
  'container.mounts': ofContainer(oncePerContainer((container) => recordMounts(container).map(mountText).join(','))),
  'container.mount': ofMount('container.mount', mountText, source),
  // What is asked for is the source, so here the key is the other side.
  'container.mount.source': ofMount('container.mount.source', source, dest),
  'container.mount.dest': ofMount('container.mount.dest', dest, source),
  'container.mount.mode': ofMount('container.mount.mode', (mount) => mount.mode, source),
  'container.mount.rdwr': ofMount('container.mount.rdwr', (mount) => String(mount.writable), source),
  'container.mount.propagation': ofMount('container.mount.propagation', (mount) => mount.propagation, source),
};

/** A text of one mount: mount N, or the first with a match for the key anywhere in one of its sides. */
function ofMount(
  name: string,
  text: (mount: Mount) => ByteString,
  side: (mount: Mount) => ByteString,
): (argument: string | undefined) => Reading | FieldProblem {
  const found = (find: (mounts: readonly Mount[]) => Mount | undefined): Reading =>
    ofContainer(
      oncePerContainer((container) => {
        const mount = find(recordMounts(container));
        return mount === undefined ? undefined : text(mount);
      }),
    );
  return (argument) =>
    indexOrKeyArgument(
      name,
      argument,
      (index) => found((mounts) => mounts[index]),
      (key) => {
        const pattern = new SearchPattern(key);
        return found((mounts) => mounts.find((mount) => pattern.isIn(side(mount))));
      },
    );
}

/** `source:dest:mode:writable:propagation`. */
function mountText(mount: Mount): ByteString {
  return `${mount.source}:${mount.dest}:${mount.mode}:${mount.writable}:${mount.propagation}`;
}
