import type { NodeCommand } from '../node-command.ts';
import { AWK } from './awk.ts';
import { CAT } from './cat.ts';
import { CP, MKDIR, MV, RM, TEE, TOUCH } from './change-files.ts';
import { CRICTL } from './crictl.ts';
import { CUT } from './cut.ts';
import { DIFF } from './diff.ts';
import { ECHO } from './echo.ts';
import { EDIT } from './edit.ts';
import { FALCO } from './falco.ts';
import { FIND } from './find.ts';
import { GREP } from './grep.ts';
import { HEAD, TAIL } from './head-tail.ts';
import { JOURNALCTL } from './journalctl.ts';
import { JQ } from './jq.ts';
import { KUBECTL } from './kubectl.ts';
import { LS } from './list-files.ts';
import { KILL, PIDOF, PKILL, PS } from './processes.ts';
import { SED } from './sed.ts';
import { CD, DATE, FALSE, HISTORY, HOSTNAME, PRINTF, PWD, SLEEP, SUDO, TRUE, UPTIME, WHOAMI } from './shell-words.ts';
import { SORT, UNIQ } from './sort.ts';
import { SYSTEMCTL } from './systemctl.ts';
import { TR } from './tr.ts';
import { WC } from './wc.ts';
import { XARGS } from './xargs.ts';

const ALL: readonly NodeCommand[] = [
  [FALCO, SYSTEMCTL, JOURNALCTL, CRICTL, KUBECTL],
  [CAT, LS, CD, PWD, EDIT, GREP, HEAD, TAIL, WC, SORT, UNIQ, CUT, SED, AWK, JQ, TR, FIND, DIFF, XARGS],
  [CP, MV, RM, MKDIR, TOUCH, TEE, ECHO, PRINTF],
  [KILL, PKILL, PIDOF, PS, DATE, SLEEP, HOSTNAME, WHOAMI, UPTIME, HISTORY, SUDO, TRUE, FALSE],
].flat();

/** `help` */
const HELP: NodeCommand = {
  name: 'help',
  usage: '',
  about: 'this list',
  run({ output }) {
    const wide = Math.max(...ALL.map(({ name }) => name.length));
    output.write(
      ALL.map(
        ({ name, usage, about }) => `  ${name.padEnd(wide)}  ${about}${usage === '' ? '' : `: ${name} ${usage}`}\n`,
      ).join(''),
    );
    return 0;
  },
};

/** Other names of the same. */
const ALIASES: Readonly<Record<string, NodeCommand>> = {
  vi: EDIT,
  vim: EDIT,
  nano: EDIT,
  less: CAT,
  more: CAT,
  egrep: GREP,
  fgrep: GREP,
  killall: PKILL,
  pgrep: PIDOF,
  k: KUBECTL,
  ll: LS,
};

/** All commands of the node by name. */
export const COMMANDS: ReadonlyMap<string, NodeCommand> = new Map([
  ...[...ALL, HELP].map((one) => [one.name, one] as const),
  ...Object.entries(ALIASES),
]);
