import { optional } from '../language/kind.ts';
import { command, type Command } from '../language/command.ts';
import { defaulted } from '../language/kind.ts';
import { environment } from '../language/collections.ts';
import { choice, name, path, text } from '../language/scalars.ts';
import { exit } from '../kernel/exit.ts';
import type { ForkCall } from '../kernel/clone.ts';
import { enterContainer } from '../kernel/runtime-child.ts';
import { runGivenCommand, spawn } from '../kernel/spawn.ts';
import { terminal } from '../read-actors.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { Refusal } from '../stage/refusal.ts';
import { verb } from '../verb.ts';
import { requireRunning } from '../stage/running.ts';

/** A process starts a program, or the runtime starts one in a container. */
export const RUNS = verb({
  words: 'runs',
  about:
    'Starts a program as a new process. Said of a container, the runtime starts it there, as kubectl exec does. ' +
    "Without 'as' it ends at once; a shell that is given one simple command runs that first.",
  example: 'nginx runs: sh -c id',
  subject: 'either',
  names: 'process',
  canFail: true,
  object: command,
  keys: {
    exe: optional<ByteString>(path, 'The file, where the command line does not begin with it.'),
    interpreter: optional<ByteString>(path, 'The program that reads it, for a script: /bin/bash.'),
    user: optional<ByteString>(text, 'The user it changes to first.'),
    env: defaulted<readonly ByteString[]>(environment, [], 'Environment variables beside those of its parent.'),
    tty: optional<number>(terminal, 'A terminal of its own: yes, or a number.'),
    cwd: optional<ByteString>(path, 'The directory it goes to first.'),
    'entered by': optional<ByteString>(
      name,
      'Said of a container: the actor outside that makes it, as runc exec does. Without it: the runtime.',
    ),
    by: optional<ForkCall>(choice('clone', 'fork', 'vfork', 'clone3'), 'The call that makes the process.'),
  },
  perform({ stage, process, place, isContainer, object, keys, as, result }) {
    const argv: Command = object;
    if (isContainer) requireRunning(place);
    const enters = keys['entered by'];
    if (enters !== undefined && !isContainer) {
      const hint = 'say which container runs it: web runs: sh';
      throw new Refusal('SCENARIO_VALUE', 'entered by', 'only what a container runs is entered', hint);
    }
    const runner = enters === undefined ? undefined : stage.actor(enters, 'entered by');
    const options = { argv, ...keys, result };
    const child = isContainer ? enterContainer(stage, place, options, runner) : spawn(stage, process, options);
    if (as !== undefined || !child.alive) return child;
    runGivenCommand(stage, child);
    exit(stage, child);
    return child;
  },
});
