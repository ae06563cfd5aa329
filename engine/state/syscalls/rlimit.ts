import type { Integer } from '../../model/integer.ts';
import type { Handler } from '../handler.ts';
import type { Thread } from '../thread.ts';

const RLIMIT_NOFILE = 7;

/** getrlimit, setrlimit: current, maximum, resource. */
export const rlimit: Handler = (moment) => {
  const { event, thread } = moment;
  if (thread !== undefined && moment.result >= 0 && event.uint8(3) === RLIMIT_NOFILE) {
    setFileLimit(thread, event.signed64(1));
  }
};

/** prlimit: new current and maximum, old ones, process, resource. Process 0 is the caller. */
export const prlimit: Handler = (moment) => {
  const { event, system } = moment;
  if (moment.result !== 0 || event.uint8(6) !== RLIMIT_NOFILE || !event.has(5)) return;
  const limit = event.signed64(1);
  if (limit === -1) return;
  const pid = event.int64(5);
  const thread = system.threads.require(pid === 0 ? event.tid : pid);
  if (thread !== undefined && !thread.isPlaceholder) setFileLimit(thread, limit);
};

function setFileLimit(thread: Thread, limit: Integer): void {
  const { main } = thread;
  if (main !== undefined && limit !== -1) main.fdLimit = limit;
}
