import type { ByteString } from '../../model/byte-string.ts';
import { splitWords } from '../language/command.ts';
import { accountOf, withVariables } from '../stage/populate.ts';
import { absolutePath } from '../stage/paths.ts';
import type { Process } from '../stage/process.ts';
import { Refusal } from '../stage/refusal.ts';
import type { Stage } from '../stage/stage.ts';
import { terminalPath } from '../stage/streams.ts';
import { fork, type ForkCall } from './clone.ts';
import { exec } from './execve.ts';
import { closeFile } from './close.ts';
import { duplicate } from './duplicate.ts';
import { exit } from './exit.ts';
import { OPEN_FLAG, openFile } from './open.ts';
import { becomeUser } from './identity.ts';

/** What a process is to run. */
export interface SpawnOptions {
  readonly argv: readonly ByteString[];
  readonly exe?: ByteString | undefined;
  readonly interpreter?: ByteString | undefined;
  readonly user?: ByteString | undefined;
  readonly env?: readonly ByteString[];
  /** Device of its terminal. */
  readonly tty?: number | undefined;
  readonly cwd?: ByteString | undefined;
  readonly by?: ForkCall | undefined;
  /** How execve ends: 0, or a negative errno. */
  readonly result?: number;
}

/** What a shell returns when a program can't be executed. */
const NOT_EXECUTED = 127;

/** A process makes a child that becomes another program. */
export function spawn(stage: Stage, parent: Process, options: SpawnOptions): Process {
  const { child, reportParent } = fork(stage, parent, { by: options.by });
  // A shell with a terminal puts every job in a group of its own.
  if (parent.tty !== 0 && parent.isShell) child.group = child;
  if (options.tty !== undefined) takeTerminal(stage, child, options.tty);
  if (options.cwd !== undefined) changeDirectory(stage, child, options.cwd);
  if (options.user !== undefined) becomeUser(stage, child, accountOf(child.place, options.user, 'user'));
  const env = withVariables(child.env, options.env ?? []);
  const { argv, exe, interpreter, result = 0 } = options;
  exec(stage, child, { argv, exe, interpreter, result, env, onExecuted: reportParent });
  if (result === 0) return child;
  reportParent();
  exit(stage, child, { status: NOT_EXECUTED });
  return child;
}

/** A session of its own, with the terminal in place of the three standard streams. */
function takeTerminal(stage: Stage, child: Process, tty: number): void {
  child.tty = tty;
  if (tty === 0) return;
  child.session = child.group = child;
  stage.emit(child, 'SYSCALL_SETSID_X', [child.vtid]);
  const fd = openFile(stage, child, { path: terminalPath(tty), flags: OPEN_FLAG.RDWR });
  for (const stream of [0, 1, 2]) duplicate(stage, child, fd, stream);
  closeFile(stage, child, fd);
}

/** A process goes to another directory. */
export function changeDirectory(stage: Stage, process: Process, path: ByteString): void {
  const cwd = absolutePath(process.cwd, path);
  if (cwd.length >= PATH_MAX) {
    const message = `the directory would have a path of ${cwd.length} bytes; the kernel takes ${PATH_MAX - 1}`;
    throw new Refusal('LIMIT_SCENARIO_PATH', 'object', message, 'go to a directory by its whole path, or repeat less');
  }
  process.leader.cwd = cwd;
  stage.emit(process, 'SYSCALL_CHDIR_X', [0, path]);
}

/** Bytes of a path with its end, from which on the kernel answers ENAMETOOLONG. */
const PATH_MAX = 4096;

/** Words that a shell does itself, so that no program runs for them. */
const BUILTINS: ReadonlySet<ByteString> = new Set(
  (
    'cd echo exit export eval false kill printf pwd read set shift test true type ulimit umask unset ' + 'wait : . ['
  ).split(' '),
);
/** Letters by which a shell does more than run one program. */
const BEYOND_ONE_COMMAND = /[;&|<>()$`*?[\]#~{}\n\\]|^[A-Za-z_]\w*=/;

/**
 * A shell that is given one simple command runs it. Most become that program; Debian's `sh`, which is dash, makes a
 * child of it and waits.
 */
export function runGivenCommand(stage: Stage, shell: Process): void {
  for (let script = givenCommand(shell); script !== undefined; script = givenCommand(shell)) {
    const words = splitWords(script);
    const program = words === 'unclosed' ? undefined : words[0];
    if (words === 'unclosed' || program === undefined || BUILTINS.has(program)) return;
    if (shell.image.exepath.endsWith('/dash')) {
      const child = spawn(stage, shell, { argv: words });
      runGivenCommand(stage, child);
      exit(stage, child);
      return;
    }
    exec(stage, shell, { argv: words });
  }
}

function givenCommand(shell: Process): ByteString | undefined {
  const [, option, script, ...more] = shell.image.argv;
  if (!shell.isShell || option !== '-c' || script === undefined || more.length > 0) return undefined;
  return BEYOND_ONE_COMMAND.test(script.trim()) ? undefined : script;
}
