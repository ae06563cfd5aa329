import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { run } from './run.ts';

/** Programs beyond Debian's smallest system: the server, the runtimes, and what attackers like to find. */
const PACKAGES =
  'tini nginx-core libnginx-mod-http-perl runc iproute2 openssh-client openssh-server procps curl wget ca-certificates netcat-traditional socat python3 sudo kmod cron logrotate vim-tiny strace tcpdump xxd rsync bsdextrautils';
/** Where the root of Debian is kept between recordings. */
export const ROOT = process.env['CREANCE_RECORDING_ROOT'] ?? '/var/lib/creance-recordings/debian';

/** Makes the root that machines and images are layered on, once. */
export function makeRoot(say: (text: string) => void): void {
  if (existsSync(ROOT)) return;
  say(`making a root of Debian in ${ROOT}; this takes some minutes\n`);
  mkdirSync(dirname(ROOT), { recursive: true });
  const unfinished = `${ROOT}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  run('debootstrap', '--variant=minbase', `--include=${PACKAGES.replaceAll(' ', ',')}`, 'bookworm', unfinished);
  renameSync(unfinished, ROOT);
}
