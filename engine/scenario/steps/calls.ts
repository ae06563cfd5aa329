import type { ByteString } from '../../model/byte-string.ts';
import { parametersOf, type Arguments } from '../kernel/arguments.ts';
import { list, mapOf } from '../language/collections.ts';
import { defaulted } from '../language/kind.ts';
import { text } from '../language/scalars.ts';
import { syscall } from '../language/syscall.ts';
import type { Process } from '../stage/process.ts';
import { Refusal } from '../stage/refusal.ts';
import type { Stage } from '../stage/stage.ts';
import { verb } from '../verb.ts';

/** A process does a syscall that has no verb of its own. */
export const CALLS = verb({
  words: 'calls',
  about:
    "Does a syscall that has no verb of its own, with its parameters as Falco names them. Of many, such as kexec_load, nothing but the name is reported. 'as' names the open file that it gives.",
  example: 'exploit calls: delete_module, with arguments: { name: falco }',
  names: 'file',
  canFail: true,
  object: syscall,
  keys: {
    arguments: defaulted<Arguments>(
      mapOf(list(text)),
      new Map<ByteString, readonly ByteString[]>(),
      'Its parameters: numbers, texts, names of open files and actors, or words such as O_CLOEXEC, one or a list.',
    ),
  },
  perform({ stage, process, object: { name, event, number, native }, keys, result }) {
    if (event === undefined) {
      if (keys.arguments.size > 0)
        throw new Refusal('SCENARIO_VALUE', 'arguments', `of ${name} nothing but the name is reported`);
      stage.emit(process, 'GENERIC_X', [number, native]);
      return undefined;
    }
    const opens = event.params[0]?.name === 'fd' && result === 0;
    const given = opens ? openSomething(stage, process) : result;
    stage.emit(process, event.symbol, parametersOf(stage, process, event, keys.arguments, given));
    return opens ? given : undefined;
  },
});

/** An open file of which nothing is known but its number. */
function openSomething(stage: Stage, process: Process): number {
  const fd = process.lowestFd();
  const inode = stage.nextInode();
  process.files.set(fd, { path: '', kind: 'other', inode, device: 0, socket: undefined, closeOnExec: true });
  return fd;
}
