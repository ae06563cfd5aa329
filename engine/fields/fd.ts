import { FILE_EVENTS, fileEventThread, ofFile } from './event-file.ts';
import { FD_DEVICE } from './fd-device.ts';
import { FD_EITHER } from './fd-either.ts';
import { FD_HOST_NAME } from './fd-host-name.ts';
import { FD_KIND } from './fd-kind.ts';
import { FD_LOCAL } from './fd-local.ts';
import { FD_NAME } from './fd-name.ts';
import { FD_SOCKET } from './fd-socket.ts';
import type { Family } from './field.ts';

/** `fd.*`: the file descriptor of an event that makes, uses or destroys one. */
export const FD: Family = {
  'fd.num': { subject: 'event', eventTypes: FILE_EVENTS, read: (moment) => fileEventThread(moment)?.lastEventFd },
  // Digits of the thread id, then of the number, with nothing between.
  'fd.uid': {
    subject: 'event',
    eventTypes: FILE_EVENTS,
    read: (moment) => {
      const thread = fileEventThread(moment);
      return thread === undefined ? undefined : `${thread.tid}${thread.lastEventFd}`;
    },
  },
  'fd.name_changed': ofFile((file) => file.nameChanged),
  ...FD_NAME,
  ...FD_KIND,
  ...FD_SOCKET,
  ...FD_LOCAL,
  ...FD_EITHER,
  ...FD_HOST_NAME,
  ...FD_DEVICE,
};
