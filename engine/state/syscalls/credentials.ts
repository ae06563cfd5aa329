import type { Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';

/** setuid: the id. */
export const setuid: Handler = (moment) => setUser(moment, 1);

/** setreuid, setresuid: the effective id is the second one. */
export const setresuid: Handler = (moment) => setUser(moment, 2);

/** setgid: the id. */
export const setgid: Handler = (moment) => setGroup(moment, 1);

/** setregid, setresgid: the effective id is the second one. */
export const setresgid: Handler = (moment) => setGroup(moment, 2);

/** An id of -1, which means no change to the kernel, is taken as it is, as Falco does. */
function setUser(moment: Moment, param: number): void {
  const { event, thread, system } = moment;
  if (thread === undefined || moment.result !== 0 || !event.has(param)) return;
  thread.uid = event.uint32(param);
  thread.changed();
  system.accounts.noteUser(thread.containerId, thread.uid, thread.gid);
}

function setGroup(moment: Moment, param: number): void {
  const { event, thread, system } = moment;
  if (thread === undefined || moment.result !== 0 || !event.has(param)) return;
  thread.gid = event.uint32(param);
  thread.changed();
  system.accounts.noteGroup(thread.containerId, thread.gid);
}
