import type { ByteString } from '../../model/byte-string.ts';
import type { ParamInput } from '../../model/event-builder.ts';
import { TAKES } from '../stage/clock.ts';
import { findExecutable, type Executable, type ProgramName } from '../stage/executable.ts';
import type { Process } from '../stage/process.ts';
import type { Stage } from '../stage/stage.ts';
import { bounded } from './bounded.ts';
import { MEMORY } from './clone.ts';
import { setUid } from './identity.ts';
import { loadLibraries } from './loader.ts';

/** What is executed, and how. */
export interface ExecOptions extends ProgramName {
  readonly env?: readonly ByteString[];
  /** The call that a failure is reported as; success is always reported as execve. */
  readonly by?: 'execve' | 'execveat' | undefined;
  /** 0, or a negative errno. */
  readonly result?: number;
  /** Called when the program has been executed, before it does anything: a parent that slept through vfork wakes up. */
  readonly onExecuted?: () => void;
}

/** A process becomes another program. Gives what it became; on failure, what it tried to become. */
export function exec(stage: Stage, process: Process, options: ExecOptions): Executable {
  const executable = findExecutable(process, options);
  const env = options.env ?? process.env;
  const result = options.result ?? 0;
  if (result !== 0) {
    reportExec(stage, process, executable, env, result, options.by ?? 'execve');
    return executable;
  }
  process.image = executable.image;
  process.env = env;
  if (executable.setuid !== undefined && executable.setuid !== process.uid) setUid(process, executable.setuid);
  for (const [fd, file] of process.files) if (file.closeOnExec) process.files.delete(fd);
  reportExec(stage, process, executable, env, 0, 'execve');
  options.onExecuted?.();
  loadLibraries(stage, process, executable.program);
  return executable;
}

/** A failed call tells of the attempt in `exe`, `args`, `env` and `filename`, and of the caller in all else. */
function reportExec(
  stage: Stage,
  process: Process,
  attempt: Executable,
  env: readonly ByteString[],
  result: number,
  by: 'execve' | 'execveat',
): void {
  const { image } = process;
  const [exe = '', ...args] = attempt.image.argv;
  const params: readonly ParamInput[] = [
    result,
    exe,
    bounded(args),
    process.tid,
    process.pid,
    process.leader.parent?.pid ?? 0,
    // cwd is no longer collected.
    undefined,
    MEMORY.fdLimit,
    0,
    MEMORY.minorFaults,
    MEMORY.size,
    0,
    0,
    image.comm,
    bounded(process.cgroups),
    bounded(env),
    process.tty,
    process.group.vtid,
    process.loginuid,
    image.flags,
    0,
    process.capPermitted,
    process.capEffective,
    image.inode,
    image.changed,
    image.changed,
    process.uid,
    image.exepath,
    process.group.tid,
    process.gid,
  ];
  if (by === 'execveat') stage.emit(process, 'SYSCALL_EXECVEAT_X', params, TAKES.EXEC);
  else stage.emit(process, 'SYSCALL_EXECVE_19_X', [...params, attempt.filename], TAKES.EXEC);
}
