import { requested } from '../kube-request.ts';
import { KUBE_PREFIX } from '../kube-objects.ts';
import type { CommandIo } from '../node-command.ts';
import type { Options } from '../options.ts';

/** Pods that one object may ask for. */
const MAX_REPLICAS = 1_000;

/** `kubectl scale` */
export function kubeScale(io: CommandIo, words: readonly string[], options: Options): number {
  const written = options.value('replicas');
  if (written === undefined || !/^\d{1,6}$/.test(written) || Number(written) > MAX_REPLICAS) {
    io.error.write(
      written === undefined
        ? 'error: required flag(s) "replicas" not set\n'
        : `error: --replicas=${written} is no count that can be asked for\n`,
    );
    return 1;
  }
  const found = requested(io, words, options);
  if (typeof found === 'string') return (io.error.write(found), 1);
  for (const { kind, objects, isNamed } of found) {
    const isScalable = kind === 'deployments' || kind === 'statefulsets';
    if (!isScalable || !isNamed) {
      const why = isScalable
        ? 'say which, by its name'
        : `a ${KUBE_PREFIX[kind].replace('.apps', '')} has no number that can be set; its owner may have`;
      io.error.write(`error: ${why}\n`);
      return 1;
    }
    for (const { workload, name } of objects) {
      if (workload === undefined) continue;
      io.node.cluster.scale(workload, Number(written), io.node.now);
      io.output.write(`${KUBE_PREFIX[kind]}/${name} scaled\n`);
    }
  }
  return 0;
}
