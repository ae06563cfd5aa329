import { plainVerb } from '../verb.ts';

/** A process leaves its session and begins one of its own. */
export const STARTS_SESSION = plainVerb({
  words: 'starts session',
  about: 'Begins a session of its own, without a terminal.',
  example: 'daemon starts session',
  canFail: true,
  keys: {},
  perform({ stage, process, result }) {
    if (result === 0) {
      process.session = process.group = process;
      process.tty = 0;
    }
    stage.emit(process, 'SYSCALL_SETSID_X', [result === 0 ? process.vtid : result]);
    return undefined;
  },
});
