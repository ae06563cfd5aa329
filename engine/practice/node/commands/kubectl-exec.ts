import { requestedPod } from '../kube-request.ts';
import type { CommandIo } from '../node-command.ts';
import type { Options } from '../options.ts';
import type { NodeContainer } from '../workload.ts';

/** `kubectl exec`: a few programs that tell of a container. It holds no files of its own, and nobody can stay in it. */
export function kubeExec(io: CommandIo, words: readonly string[], options: Options): number {
  const [word, ...old] = words;
  const [program, ...args] = options.rest.length > 0 ? options.rest : old;
  if (word === undefined || program === undefined) {
    io.error.write('error: kubectl exec POD -- COMMAND\n');
    return 1;
  }
  const found = requestedPod(io, word, options);
  if (typeof found === 'string') return (io.error.write(found), 1);
  const containers = found.pod?.containers ?? [];
  const name = options.value('c', 'container');
  const container = name === undefined ? containers[0] : containers.find((one) => one.name === name);
  if (container === undefined) {
    const why =
      name === undefined
        ? `pod ${found.name} runs on another node, of which the story tells nothing`
        : `container ${name} is not valid for pod ${found.name}`;
    io.error.write(`error: ${why}\n`);
    return 1;
  }
  const run = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined;
  if (run === undefined) {
    const names = Object.keys(PROGRAMS).join(', ');
    io.error.write(`error: ${program} can't be run in an emulated container, which has no files; there are ${names}\n`);
    return 126;
  }
  io.output.write(run(container, found.name, args));
  return 0;
}

const PROGRAMS: Readonly<Record<string, (container: NodeContainer, pod: string, args: readonly string[]) => string>> = {
  hostname: (_, pod) => `${pod}\n`,
  whoami: ({ user }) => `${user}\n`,
  id: ({ user }) =>
    user === 'root' ? 'uid=0(root) gid=0(root) groups=0(root)\n' : `uid=1000(${user}) gid=1000(${user})\n`,
  env: ({ env }, pod) =>
    ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', `HOSTNAME=${pod}`, ...env]
      .map((one) => `${one}\n`)
      .join(''),
  ps: ({ command, user }) => `PID   USER     COMMAND\n    1 ${user.padEnd(8)} ${command.join(' ')}\n`,
  echo: (_, __, args) => `${args.join(' ')}\n`,
};
