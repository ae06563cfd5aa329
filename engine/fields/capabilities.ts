import type { ByteString } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';

/** Linux's capabilities; the index is the bit. */
const CAPABILITIES = (
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service ' +
  'net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin ' +
  'sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override ' +
  'mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'
)
  .split(' ')
  .map((name) => `CAP_${name.toUpperCase()}`);

const LOW = 0xffff_ffffn;

/** The names of a set of capabilities in the order of their bits, a blank between them; empty for the empty set. */
export function capabilitiesText(set: Integer): ByteString {
  const low = Number(typeof set === 'bigint' ? set & LOW : set % 2 ** 32);
  const high = Number(typeof set === 'bigint' ? set >> 32n : Math.floor(set / 2 ** 32));
  let text = '';
  for (let bit = 0; bit < CAPABILITIES.length; bit++) {
    if (((bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1) === 0) continue;
    text += text === '' ? CAPABILITIES[bit] : ` ${CAPABILITIES[bit]}`;
  }
  return text;
}
