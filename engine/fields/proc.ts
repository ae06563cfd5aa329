import type { Family } from './field.ts';
import { PROC_LEADERS } from './proc-leaders.ts';
import { PROC_LINEAGE } from './proc-lineage.ts';
import { PROC_PROGRAM } from './proc-program.ts';
import { PROC_RESOURCES } from './proc-resources.ts';
import { PROC_TIMES } from './proc-times.ts';
import { ofThread } from './reading.ts';

/** `proc.*`: the process of the event, its parent and further ancestors. */
export const PROC: Family = {
  'proc.pid': ofThread((thread) => (thread.pid >= -1 && thread.pid <= 0xffffffff ? thread.pid : undefined)),
  'proc.vpid': ofThread((thread) => (thread.vpid === -1 ? undefined : thread.vpid)),
  'proc.tty': ofThread((thread) => thread.tty),
  ...PROC_PROGRAM,
  ...PROC_LINEAGE,
  ...PROC_LEADERS,
  ...PROC_TIMES,
  ...PROC_RESOURCES,
};
