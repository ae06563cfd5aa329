import { requestedPod } from '../kube-request.ts';
import type { CommandIo } from '../node-command.ts';
import type { Options } from '../options.ts';
import { linesOf, textOf } from './file-input.ts';

/** `kubectl logs`: what stands in `/var/log/pods/NAMESPACE_POD/CONTAINER.log`, where a task has put something. */
export function kubeLogs(io: CommandIo, words: readonly string[], options: Options): number {
  const [word] = words;
  if (word === undefined) return (io.error.write('error: which pod?\n'), 1);
  const found = requestedPod(io, word, options);
  if (typeof found === 'string') return (io.error.write(found), 1);
  const { namespace, name, pod } = found;
  const container = options.value('c', 'container') ?? words[1];
  const names = pod?.containers.map((one) => one.name) ?? [];
  if (container !== undefined && !names.includes(container)) {
    io.error.write(`error: container ${container} is not valid for pod ${name}\n`);
    return 1;
  }
  const folder = `/var/log/pods/${namespace}_${name}/`;
  const { files } = io.node;
  const paths = [...files.all().keys()].filter((path) => path.startsWith(folder)).toSorted();
  const wanted = container === undefined ? paths : paths.filter((path) => path === `${folder}${container}.log`);
  const lines = wanted.flatMap((path) => linesOf(files.read(path) ?? ''));
  const tail = options.value('tail');
  const most = tail === undefined || !/^\d{1,6}$/.test(tail) ? lines.length : Number(tail);
  io.output.write(textOf(most === 0 ? [] : lines.slice(-most)));
  return 0;
}
