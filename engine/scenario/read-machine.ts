import type { Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { parseIp } from './language/address.ts';
import { mapOf } from './language/collections.ts';
import { defaulted, optional, type Keys, type Kind } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { integer, name, refuse, text } from './language/scalars.ts';
import type { MachinePlan } from './scenario.ts';
import { ipv4 } from './stage/ip.ts';

/** Highest number of an account that a person has. */
const MAX_UID = 0xfffffffe;
const MAX_CPUS = 1024;
/** When a story begins that does not say it: a Monday morning. */
const START = Date.UTC(2026, 0, 5, 9);

/** An address in digits, as its bytes. */
export const ip: Kind<ByteString> = {
  schema: { type: 'string' },
  read: (reader, node, what) => {
    const written = reader.text(node, what);
    if (written === undefined) return undefined;
    return parseIp(written) ?? refuse(reader, node, `${what} must be an IP address, not '${toUnicode(written)}'`);
  },
};

/** Accounts: name and number. */
export const users: Kind<ReadonlyMap<ByteString, number>> = mapOf(integer(0, MAX_UID));

/** A moment in UTC, as nanoseconds since the epoch. */
const moment: Kind<bigint> = {
  schema: { type: 'string', format: 'date-time' },
  read: (reader, node, what) => {
    const written = reader.text(node, what);
    if (written === undefined) return undefined;
    const form = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?$/.test(written) ? written.replace(' ', 'T') : '';
    const time = Date.parse(form.endsWith('Z') || form === '' ? form : `${form}Z`);
    const example = 'for instance 2026-01-05T09:00:00Z';
    if (Number.isNaN(time) || time < 0)
      return refuse(reader, node, `${what} must be a time in UTC, not '${toUnicode(written)}'`, example);
    return BigInt(time) * 1_000_000n;
  },
};

/** Keys of `machine`. */
export const MACHINE_KEYS = {
  hostname: defaulted<ByteString>(text, 'node-1', 'Name of the machine.'),
  address: defaulted<ByteString>(ip, ipv4(192, 0, 2, 10), 'Its IPv4 address.'),
  users: defaulted<ReadonlyMap<ByteString, number>>(
    users,
    new Map(),
    'Accounts beside root and the usual ones: name and number.',
  ),
  hosts: defaulted<ReadonlyMap<ByteString, ByteString>>(
    mapOf(ip),
    new Map(),
    'Names of other machines, with their addresses.',
  ),
  cpus: defaulted<number>(integer(1, MAX_CPUS), 2, 'Number of CPUs.'),
  time: defaulted<bigint>(moment, BigInt(START) * 1_000_000n, 'When the story begins, in UTC.'),
  container: optional<ByteString>(
    name,
    'Short for one container of this name, in which all actors are that do not say otherwise.',
  ),
  image: optional<ByteString>(text, 'The image of that container.'),
} satisfies Keys;

/** A machine, and the container that its short form describes. */
export interface ReadMachine {
  readonly machine: MachinePlan;
  readonly container: { readonly name: ByteString; readonly image: ByteString; readonly node: Node } | undefined;
}

/** Reads `machine`; without one the machine is as usual. */
export function readMachine(reader: NodeReader, node: Node | undefined): ReadMachine {
  const fields = node && reader.fields(node, 'machine', Object.keys(MACHINE_KEYS));
  const values = fields && readKeys(reader, fields, MACHINE_KEYS);
  const machine: MachinePlan = {
    hostname: values?.hostname ?? 'node-1',
    address: values?.address ?? ipv4(192, 0, 2, 10),
    users: values?.users ?? new Map(),
    hosts: values?.hosts ?? new Map(),
    cpus: values?.cpus ?? 2,
    startTime: values?.time ?? BigInt(START) * 1_000_000n,
  };
  if (node !== undefined && machine.address.length !== 4) refuse(reader, node, "'address' must be an IPv4 address");
  const short = values?.container;
  if (values?.image !== undefined && short === undefined && node !== undefined) {
    refuse(reader, node, "'image' needs 'container' beside it", "name the container: 'container: web'");
  }
  const container =
    short === undefined || node === undefined ? undefined : { name: short, image: values?.image ?? short, node };
  return { machine, container };
}
