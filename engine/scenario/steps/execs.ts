import type { ByteString } from '../../model/byte-string.ts';
import { exec } from '../kernel/execve.ts';
import { environment } from '../language/collections.ts';
import { command } from '../language/command.ts';
import { defaulted, optional } from '../language/kind.ts';
import { choice, path, text } from '../language/scalars.ts';
import { withVariables } from '../stage/populate.ts';
import { verb } from '../verb.ts';

/** A process becomes another program. */
export const EXECS = verb({
  words: 'execs',
  about: 'Becomes another program in the same process.',
  example: 'shell execs: /usr/bin/id',
  canFail: true,
  object: command,
  keys: {
    exe: optional<ByteString>(path, 'The file, where the command line does not begin with it.'),
    interpreter: optional<ByteString>(path, 'The program that reads it, for a script.'),
    from: optional<ByteString>(text, "An open file that holds the program, by the name that 'as' gave it: a memfd."),
    env: defaulted<readonly ByteString[]>(environment, [], 'Environment variables beside those it has.'),
    by: defaulted<'execve' | 'execveat'>(
      choice('execve', 'execveat'),
      'execve',
      'The call; only a failure shows which one it was.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    const fd = keys.from === undefined ? undefined : stage.handle(process, keys.from, 'from');
    const exe = fd === undefined ? keys.exe : `/proc/self/fd/${fd}`;
    const env = withVariables(process.env, keys.env);
    exec(stage, process, { argv: object, exe, interpreter: keys.interpreter, env, by: keys.by, result });
    return undefined;
  },
});
