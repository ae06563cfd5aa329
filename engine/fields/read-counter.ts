import type { System } from '../state/system.ts';
import type { Family, Reading } from './field.ts';

/** `util.*`: Falco's own aids for testing. */
export const UTIL: Family = { 'util.cnt': () => counter() };

/** Counts how often it is read; a new run starts at 1 again. */
function counter(): Reading {
  let system: System | undefined;
  let count = 0;
  return {
    subject: 'event',
    changesWhenRead: true,
    read: (moment) => {
      if (moment.system !== system) count = 0;
      system = moment.system;
      return ++count;
    },
  };
}
