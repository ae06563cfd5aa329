import type { Handler } from '../handler.ts';
import { addNameless } from '../opened-file.ts';

/** signalfd. */
export const signalfd: Handler = (moment) => addNameless(moment, 'signalfd');

/** signalfd4: flags are parameter 1. */
export const signalfd4: Handler = (moment) => addNameless(moment, 'signalfd', moment.event.uint16(1));
