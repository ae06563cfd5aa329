import { complain, type CommandIo, type NodeCommand, type Running } from '../node-command.ts';
import { optionProblem, readOptions, type Options } from '../options.ts';
import { kubeExec } from './kubectl-exec.ts';
import { kubeDescribe, kubeGet } from './kubectl-get.ts';
import { kubeLogs } from './kubectl-logs.ts';
import { kubeScale } from './kubectl-scale.ts';

/** Runs one of its verbs. */
export type KubeVerb = (io: CommandIo, words: readonly string[], options: Options) => number | Running;

const VERBS: Readonly<Record<string, KubeVerb>> = {
  get: kubeGet,
  describe: kubeDescribe,
  logs: kubeLogs,
  scale: kubeScale,
  exec: kubeExec,
};
const FLAGS = [
  'A',
  'all-namespaces',
  'i',
  't',
  'stdin',
  'tty',
  'f',
  'follow',
  'no-headers',
  'show-labels',
  'p',
  'previous',
  'all-containers',
];
const VALUED = [
  'n',
  'namespace',
  'o',
  'output',
  'l',
  'selector',
  'replicas',
  'c',
  'container',
  'tail',
  'since',
  'field-selector',
  'sort-by',
  'current-replicas',
];

/** `kubectl` */
export const KUBECTL: NodeCommand = {
  name: 'kubectl',
  usage: 'get|describe|logs|scale|exec ... [-n NAMESPACE] [-A]',
  about: 'objects of the cluster: get, describe, logs, scale, exec',
  run(io) {
    const options = readOptions(io.args, FLAGS, VALUED);
    const [verb, ...words] = options.words;
    const act = verb === undefined || !Object.hasOwn(VERBS, verb) ? undefined : VERBS[verb];
    if (act === undefined) {
      const what = verb === undefined ? 'what?' : `'${verb}' can't be done here;`;
      return complain(io, `${what} there are ${Object.keys(VERBS).join(', ')}`);
    }
    const problem = optionProblem(options);
    return problem === undefined ? act(io, words, options) : complain(io, problem);
  },
  complete(words, node) {
    if (words.length <= 1) return Object.keys(VERBS);
    const namespaces = [...new Set(node.cluster.pods().map(({ namespace }) => namespace))];
    if (words.at(-2) === '-n') return namespaces;
    const kinds =
      words[0] === 'scale'
        ? ['deployment', 'statefulset']
        : ['pods', 'deployments', 'replicasets', 'namespaces', 'nodes'];
    const workloads = node.cluster.workloads().map(({ kind, name }) => `${kind}/${name}`);
    const pods = node.cluster.pods().map(({ name }) => name);
    return [...kinds, ...workloads, ...pods, '-n', '-A', '-o', '--replicas=0'];
  },
};
