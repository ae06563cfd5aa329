import { capabilities } from '../language/capability-set.ts';
import { verb } from '../verb.ts';

/** A process changes what it may do. */
export const SETS_CAPABILITIES = verb({
  words: 'sets capabilities',
  about: 'Changes what it may do: all, none, or exactly the capabilities of a list.',
  example: 'daemon sets capabilities: [NET_BIND_SERVICE]',
  canFail: true,
  object: capabilities,
  keys: {},
  perform({ stage, process, object, result }) {
    const set = object === 'default' ? process.place.capabilitiesOf(process.uid) : object;
    if (result === 0) process.capPermitted = process.capEffective = set;
    stage.emit(process, 'SYSCALL_CAPSET_X', [result, 0, set, set]);
    return undefined;
  },
});
