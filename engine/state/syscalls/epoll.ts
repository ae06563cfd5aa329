import type { Handler } from '../handler.ts';
import { OPEN } from '../open-flags.ts';
import { addNameless } from '../opened-file.ts';

/** epoll_create. */
export const epollCreate: Handler = (moment) => addNameless(moment, 'eventpoll');

/** epoll_create1: of its flags, parameter 1, close-on-exec alone is kept. */
export const epollCreate1: Handler = (moment) =>
  addNameless(moment, 'eventpoll', (moment.event.uint32(1) & OPEN.OWN_CLOEXEC) !== 0 ? OPEN.CLOEXEC : 0);
