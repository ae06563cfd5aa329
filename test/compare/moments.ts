import type { Moment } from '../../engine/state/moment.ts';
import { momentOf } from '../fields/moment-of.ts';

/** The moments that `test/cases/compare/decide.yaml` speaks of. */
export const MOMENTS: Readonly<Record<string, () => Moment>> = {
  open: () =>
    momentOf({
      threads: [
        { tid: 30, comm: 'sshd' },
        { tid: 40, ptid: 30, comm: 'bash' },
        {
          tid: 42,
          ptid: 40,
          comm: 'vim',
          exe: '/usr/bin/vim',
          lastEventFd: 5,
          files: [{ fd: 5, name: '/srv/Data/report.txt' }],
        },
      ],
      event: {
        symbol: 'SYSCALL_OPENAT_2_X',
        tid: 42,
        time: 1_500_000_000,
        num: 7,
        params: [5, -100, '/srv/Data/report.txt', 1, 0, 0, 0],
      },
      file: 5,
    }),
  connect: () =>
    momentOf({
      threads: [
        {
          tid: 50,
          comm: 'curl',
          lastEventFd: 3,
          files: [{ fd: 3, kind: 'ipv4', source: '10.0.0.5 40000', dest: '93.184.216.34 443', role: 'client' }],
        },
      ],
      event: { symbol: 'SOCKET_CONNECT_X', tid: 50, num: 8, params: [0] },
      hosts: { '93.184.216.34': ['server.example', 'alias.example'] },
      file: 3,
    }),
  nobody: () => momentOf({ event: { symbol: 'SYSCALL_CLOSE_X', tid: 60, num: 9, params: [0, 3] } }),
};
