import type { Handler } from '../handler.ts';

/** setsid: the result is the new session. */
export const setsid: Handler = (moment) => {
  const { thread, result } = moment;
  if (thread === undefined || result < 0) return;
  thread.sid = result;
  thread.changed();
};
