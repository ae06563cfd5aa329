import { toUnicode, type ByteString } from '../../model/byte-string.ts';
import { nearest } from '../../model/nearest.ts';
import type { JsonSchema, Kind } from './kind.ts';
import { refuse } from './scalars.ts';

/** Linux's capabilities; the index is the bit. */
const CAPABILITY_NAMES: readonly string[] = (
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE ' +
  'NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO ' +
  'SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG ' +
  'MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM ' +
  'BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
).split(' ');

/** Everything that root of the host may do. */
export const ALL_CAPABILITIES = (1n << BigInt(CAPABILITY_NAMES.length)) - 1n;
/** What the container runtimes leave to root of a container that asked for nothing. */
export const CONTAINER_CAPABILITIES = capabilitiesOf(
  (
    'CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT ' +
    'MKNOD AUDIT_WRITE SETFCAP'
  ).split(' '),
);

/** `default` is what the place gives to the user. */
export type Capabilities = bigint | 'default';

const ONE: JsonSchema = { enum: CAPABILITY_NAMES.flatMap((name) => [name, `CAP_${name}`]) };

/** Single capabilities, with or without `CAP_`, as the set of their bits. */
export const capabilityList: Kind<bigint> = {
  schema: { anyOf: [ONE, { type: 'array', items: ONE }] },
  read: (reader, node, what) => {
    const names = node.kind === 'sequence' ? reader.texts(node, what) : [reader.text(node, what)];
    if (names === undefined) return undefined;
    let set: bigint | undefined = 0n;
    names.forEach((name, index) => {
      const at = node.kind === 'sequence' ? (node.items[index] ?? node) : node;
      const bit = name === undefined ? -1 : CAPABILITY_NAMES.indexOf(name.toUpperCase().replace(/^CAP_/, ''));
      if (bit !== -1) set = set === undefined ? undefined : set | (1n << BigInt(bit));
      else
        set = name === undefined ? undefined : refuse(reader, at, `${toUnicode(name)} is no capability`, suggest(name));
    });
    return set;
  },
};

/** `all`, `none`, `default`, or exactly the capabilities of a list. */
export const capabilities: Kind<Capabilities> = {
  schema: { anyOf: [{ enum: ['all', 'none', 'default'] }, capabilityList.schema] },
  read: (reader, node, what) => {
    const word = node.kind === 'scalar' ? node.text : '';
    if (word === 'default') return 'default';
    if (word === 'all') return ALL_CAPABILITIES;
    return word === 'none' ? 0n : capabilityList.read(reader, node, what);
  },
};

function suggest(name: ByteString): string {
  const near = nearest(name.replace(/^CAP_/i, ''), CAPABILITY_NAMES);
  return near === undefined ? 'for instance SYS_ADMIN, NET_RAW or SYS_PTRACE' : `did you mean '${near}'?`;
}

function capabilitiesOf(names: readonly string[]): bigint {
  return names.reduce((set, name) => set | (1n << BigInt(CAPABILITY_NAMES.indexOf(name))), 0n);
}
