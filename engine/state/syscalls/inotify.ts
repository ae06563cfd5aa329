import type { Handler } from '../handler.ts';
import { addNameless } from '../opened-file.ts';

/** inotify_init. */
export const inotifyInit: Handler = (moment) => addNameless(moment, 'inotify');

/** inotify_init1: flags are parameter 1. */
export const inotifyInit1: Handler = (moment) => addNameless(moment, 'inotify', moment.event.uint16(1));
