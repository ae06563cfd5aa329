import { integerOf } from '../../model/integer.ts';
import { CLONE } from '../clone-flags.ts';
import type { Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';

/** All 41 capabilities. */
const ALL = integerOf((1n << 41n) - 1n);

/** capset: inheritable, permitted, effective. */
export const capset: Handler = (moment) => {
  const { event, thread } = moment;
  if (thread === undefined || moment.result < 0) return;
  thread.capInheritable = event.unsigned64(1);
  thread.capPermitted = event.unsigned64(2);
  thread.capEffective = event.unsigned64(3);
  thread.changed();
};

/** unshare: flags. */
export const unshare: Handler = (moment) => enterUserNamespace(moment, 1);

/** setns: fd, flags. */
export const setns: Handler = (moment) => enterUserNamespace(moment, 2);

/** Whoever enters a user namespace has every capability there. */
function enterUserNamespace(moment: Moment, flagsParam: number): void {
  const { event, thread } = moment;
  if (thread === undefined || moment.result < 0 || (event.uint32(flagsParam) & CLONE.NEWUSER) === 0) return;
  thread.capInheritable = ALL;
  thread.capPermitted = ALL;
  thread.capEffective = ALL;
  thread.changed();
}
