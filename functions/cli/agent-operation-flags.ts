import type { Flag } from './command.ts';

const RECORD_ONLY = 'record: ';

/** Flags of what goes on beside a recording. */
export const OPERATION_FLAGS: readonly Flag[] = [
  {
    name: 'flight-recorder',
    value: 'SECONDS',
    help: `${RECORD_ONLY}keep no more than this long, until SIGUSR2, POST /freeze or a rule of --freeze-on freezes it`,
  },
  { name: 'freeze-after', value: 'SECONDS', help: `${RECORD_ONLY}how long a frozen recording goes on (10)` },
  {
    name: 'freeze-on',
    value: 'FILE',
    multiple: true,
    help: `${RECORD_ONLY}rule files that are judged while it is recorded, and freeze when one fires`,
  },
  {
    name: 'listen',
    value: 'WHERE',
    help: `${RECORD_ONLY}answer /healthz, /readyz and /metrics on unix:PATH (there also POST /freeze) or on ADDRESS:PORT`,
  },
];
