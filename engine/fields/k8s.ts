import type { ByteString } from '../model/byte-string.ts';
import type { Container } from '../state/containers.ts';
import type { Moment } from '../state/moment.ts';
import { labelsText } from './container-labels.ts';
import { ofContainer } from './container-of-event.ts';
import { oncePerContainer, recordLabel, recordMap, recordText } from './container-record.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { keyArgument } from './plugin-argument.ts';
import { NEVER } from './reading.ts';

/** Length of a short container id. */
const SHORT_ID = 12;

const podLabels = oncePerContainer((container) => labelsText(recordMap(container, 'pod_sandbox_labels')));

/** `k8s.*`: the pod a container belongs to. What only the cluster's API knows is deprecated in Falco and has no value. */
export const K8S: Family = {
  'k8s.pod.name': ofLabel('io.kubernetes.pod.name'),
  'k8s.ns.name': ofLabel('io.kubernetes.pod.namespace'),
  'k8s.pod.id': ofLabel('io.kubernetes.pod.uid'),
  'k8s.pod.uid': ofLabel('io.kubernetes.pod.uid'),
  'k8s.pod.sandbox_id': ofContainer((container) => sandboxId(container).slice(0, SHORT_ID)),
  'k8s.pod.full_sandbox_id': ofContainer(sandboxId),
  'k8s.pod.label': podLabel,
  'k8s.pod.labels': ofContainer((container, moment) => podLabels(sandbox(container, moment) ?? container)),
  'k8s.pod.ip': ofSandbox((container) => recordText(container, 'ip')),
  'k8s.pod.cni.json': ofSandbox((container) => recordText(container, 'cni_json')),
  ...deprecated('rc', 'svc', 'rs', 'deployment'),
  'k8s.ns.id': NEVER,
  'k8s.ns.label': never('k8s.ns.label'),
  'k8s.ns.labels': NEVER,
};

function ofLabel(label: string): Reading {
  return ofContainer((container) => recordLabel(container, 'labels', label));
}

function podLabel(argument: string | undefined): Reading | FieldProblem {
  return keyArgument('k8s.pod.label', argument, (key) =>
    ofContainer((container, moment) => {
      const other = sandbox(container, moment);
      const label = other === undefined ? undefined : recordLabel(other, 'pod_sandbox_labels', key);
      return label ?? recordLabel(container, 'pod_sandbox_labels', key);
    }),
  );
}

function sandboxId(container: Container): ByteString {
  return recordText(container, 'pod_sandbox_id');
}

/**
 * The pod's sandbox, a container of its own, where this container's record lacks the network result. The host, whose id
 * is empty, stands for the sandbox of a container without one.
 */
function sandbox(container: Container, moment: Moment): Container | undefined {
  if (recordText(container, 'cni_json') !== '') return undefined;
  return moment.system.containers.get(sandboxId(container).slice(0, SHORT_ID));
}

/** A fact of the sandbox, or of the container itself when its record has the network result. */
function ofSandbox(text: (container: Container) => ByteString): Reading {
  return ofContainer((container, moment) => {
    if (recordText(container, 'cni_json') !== '') return text(container);
    const other = sandbox(container, moment);
    return other === undefined ? undefined : text(other);
  });
}

function deprecated(...objects: readonly string[]): Family {
  return Object.fromEntries(
    objects.flatMap((object): [string, Family[string]][] => [
      [`k8s.${object}.name`, NEVER],
      [`k8s.${object}.id`, NEVER],
      [`k8s.${object}.label`, never(`k8s.${object}.label`)],
      [`k8s.${object}.labels`, NEVER],
    ]),
  );
}

function never(name: string): (argument: string | undefined) => Reading | FieldProblem {
  return (argument) => keyArgument(name, argument, () => NEVER);
}
