import { columns } from '../columns.ts';
import type { Pod } from '../cluster.ts';
import { complain, type CommandIo, type NodeCommand } from '../node-command.ts';
import { optionProblem, readOptions, type Options } from '../options.ts';
import { createdAt, ownerOf, type NodeContainer } from '../workload.ts';

const ACTIONS = ['ps', 'pods', 'inspect', 'inspectp', 'images'];
/** Digits of an id that lists show. */
const SHOWN = 13;
const HOUR = 3_600_000_000_000n;

/** `crictl` */
export const CRICTL: NodeCommand = {
  name: 'crictl',
  usage: 'ps|pods|inspect [ID] [--name WORD] [--namespace NS] [--pod ID] [-q]',
  about: 'containers and pods of this node, as its runtime knows them',
  run(io) {
    const options = readOptions(
      io.args,
      ['a', 'all', 'q', 'quiet', 'no-trunc', 'v', 'verbose'],
      [
        'name',
        'namespace',
        'p',
        'pod',
        'id',
        'image',
        'o',
        'output',
        'label',
        's',
        'state',
        'r',
        'runtime-endpoint',
        'n',
        'last',
      ],
    );
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem);
    const [action, ...words] = options.words;
    if (action === undefined || !ACTIONS.includes(action)) {
      return complain(
        io,
        `${action === undefined ? 'what?' : `'${action}' is nothing it does;`} there are ${ACTIONS.join(', ')}`,
      );
    }
    const pods = io.node.cluster.pods().filter(({ isHere }) => isHere);
    const running = io.node.cluster.containers.filter(({ id }) => !io.node.cluster.isStopped(id, io.node.now));
    if (action === 'pods') return showPods(io, options, pods);
    if (action === 'images') return showImages(io, running);
    if (action === 'inspect') return inspect(io, words, running);
    if (action === 'inspectp') return inspectPod(io, words, pods);
    return showContainers(io, options, running, words);
  },
  complete: (words) => (words.length <= 1 ? ACTIONS : ['--name', '--namespace', '--pod', '-q', '-a']),
};

function showContainers(
  io: CommandIo,
  options: Options,
  all: readonly NodeContainer[],
  words: readonly string[],
): number {
  const [pod, id, name, image] = [
    options.value('p', 'pod'),
    options.value('id') ?? words[0],
    options.value('name'),
    options.value('image'),
  ];
  const containers = all.filter(
    (one) =>
      (pod === undefined || one.pod?.id.startsWith(pod.slice(0, SHOWN - 1)) === true) &&
      (id === undefined || one.fullId.startsWith(id)) &&
      (name === undefined || one.name.includes(name)) &&
      (image === undefined || one.image.includes(image)),
  );
  if (options.has('q', 'quiet')) return (io.output.write(containers.map(({ fullId }) => `${fullId}\n`).join('')), 0);
  const rows = containers.map((one) => [
    options.has('no-trunc') ? one.fullId : one.fullId.slice(0, SHOWN),
    one.image,
    ago(io, one),
    'Running',
    one.name,
    '0',
    options.has('no-trunc') ? (one.pod?.id ?? '') : (one.pod?.id.slice(0, SHOWN) ?? ''),
    one.pod?.name ?? '',
    one.pod?.namespace ?? '',
  ]);
  io.output.write(
    columns([['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'], ...rows]),
  );
  return 0;
}

function showPods(io: CommandIo, options: Options, all: readonly Pod[]): number {
  const [id, name, namespace] = [options.value('id'), options.value('name'), options.value('namespace')];
  const pods = all.filter(
    (one) =>
      (id === undefined || idOf(one).startsWith(id)) &&
      (name === undefined || one.name.includes(name)) &&
      (namespace === undefined || one.namespace === namespace),
  );
  if (options.has('q', 'quiet')) return (io.output.write(pods.map((one) => `${idOf(one)}\n`).join('')), 0);
  const rows = pods.map((one) => [
    idOf(one),
    ago(io, one.containers[0]),
    'Ready',
    one.name,
    one.namespace,
    '0',
    '(default)',
  ]);
  io.output.write(columns([['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'], ...rows]));
  return 0;
}

function showImages(io: CommandIo, containers: readonly NodeContainer[]): number {
  const images = [...new Set(containers.map(({ image }) => image))].toSorted();
  const rows = images.map((image) => {
    const colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? [image.slice(0, colon), image.slice(colon + 1)] : [image, 'latest'];
  });
  io.output.write(columns([['IMAGE', 'TAG'], ...rows]));
  return 0;
}

function inspect(io: CommandIo, [id = '']: readonly string[], containers: readonly NodeContainer[]): number {
  const found = containers.find(({ fullId }) => id !== '' && fullId.startsWith(id));
  if (found === undefined) return complain(io, `could not find container "${id}"`);
  const labels = {
    'io.kubernetes.container.name': found.name,
    'io.kubernetes.pod.name': found.pod?.name,
    'io.kubernetes.pod.namespace': found.pod?.namespace,
  };
  const status = {
    id: found.fullId,
    metadata: { name: found.name },
    state: 'CONTAINER_RUNNING',
    image: { image: found.image },
    labels,
  };
  const info = {
    sandboxID: found.pod?.id,
    privileged: found.privileged,
    config: { args: found.command, envs: found.env },
  };
  io.output.write(`${JSON.stringify({ status, info }, undefined, 2)}\n`);
  return 0;
}

function inspectPod(io: CommandIo, [id = '']: readonly string[], pods: readonly Pod[]): number {
  const found = pods.find((one) => id !== '' && idOf(one).startsWith(id.slice(0, SHOWN - 1)));
  if (found === undefined) return complain(io, `could not find sandbox "${id}"`);
  const metadata = { name: found.name, namespace: found.namespace };
  const status = { id: idOf(found), metadata, state: 'SANDBOX_READY', network: { ip: found.address } };
  io.output.write(`${JSON.stringify({ status }, undefined, 2)}\n`);
  return 0;
}

function idOf({ containers }: Pod): string {
  return containers[0]?.pod?.id ?? '';
}

function ago({ node }: CommandIo, container: NodeContainer | undefined): string {
  const pod = container?.pod?.name ?? '';
  const hours = (node.now - createdAt(ownerOf(pod)?.name ?? pod, node.tape.startTime)) / HOUR;
  return hours < 2n ? 'About an hour ago' : `${hours} hours ago`;
}
