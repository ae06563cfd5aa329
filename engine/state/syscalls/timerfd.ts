import type { Handler } from '../handler.ts';
import { addNameless } from '../opened-file.ts';

/** timerfd_create: flags are parameter 2. */
export const timerfdCreate: Handler = (moment) => addNameless(moment, 'timerfd', moment.event.uint8(2));
