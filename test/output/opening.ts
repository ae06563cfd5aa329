import type { Moment } from '../../engine/state/moment.ts';
import { momentOf } from '../fields/moment-of.ts';

/** The moment that output cases are about: cat, child of bash, opens /etc/shadow. */
export function opening(): Moment {
  return momentOf({
    threads: [
      { tid: 6, comm: 'bash', exe: 'bash' },
      {
        tid: 7,
        ptid: 6,
        comm: 'cat',
        exe: 'cat',
        args: ['/etc/shadow'],
        env: ['USER=ann'],
        cwd: '/',
        uid: 1000,
        fdLimit: 1024,
        lastEventFd: 3,
        files: [{ fd: 3, name: '/etc/shadow', device: 0x1f, inode: 9007199254740993n }],
      },
    ],
    users: [{ uid: 1000, gid: 1000, name: '\u00c3\u00a9ric', home: '/', shell: '/bin/sh' }],
    file: 3,
    event: {
      symbol: 'SYSCALL_OPENAT_2_X',
      num: 12,
      tid: 7,
      time: '1534527347000000012',
      params: [3, -100, '/etc/shadow', 1, 0, 31, 77],
    },
  });
}
