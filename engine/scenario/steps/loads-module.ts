import type { ByteString } from '../../model/byte-string.ts';
import { closeFile } from '../kernel/close.ts';
import { OPEN_FLAG, openFile } from '../kernel/open.ts';
import { defaulted } from '../language/kind.ts';
import { choice, path, text } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** What every module begins with, and how large one is. */
const ELF = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46);
const MODULE_BYTES = 18_432;

/** A process loads code into the kernel. */
export const LOADS_MODULE = verb({
  words: 'loads module',
  about: 'Loads a kernel module from a file.',
  example: 'insmod loads module: /tmp/rootkit.ko',
  canFail: true,
  object: path,
  keys: {
    parameters: defaulted<ByteString>(text, '', 'Parameters that the module gets.'),
    by: defaulted<'finit_module' | 'init_module'>(
      choice('finit_module', 'init_module'),
      'finit_module',
      'The call. Without it: finit_module.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    const fd = openFile(stage, process, { path: object, flags: OPEN_FLAG.RDONLY | OPEN_FLAG.CLOEXEC });
    if (keys.by === 'finit_module') stage.emit(process, 'SYSCALL_FINIT_MODULE_X', [result, fd, keys.parameters, 0]);
    else stage.emit(process, 'SYSCALL_INIT_MODULE_X', [result, ELF, MODULE_BYTES, keys.parameters]);
    closeFile(stage, process, fd);
    return undefined;
  },
});
