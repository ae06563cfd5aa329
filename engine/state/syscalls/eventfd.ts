import type { Handler } from '../handler.ts';
import { addNameless } from '../opened-file.ts';

/** eventfd: Falco doesn't keep its flags. */
export const eventfd: Handler = (moment) => addNameless(moment, 'event');

/** eventfd2: flags are parameter 1. */
export const eventfd2: Handler = (moment) => addNameless(moment, 'event', moment.event.uint16(1));
