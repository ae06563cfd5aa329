import { addressParamText } from '../address-param.ts';
import type { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import { changeFile } from '../opened-file.ts';
import {
  copyBytes,
  IPV4,
  IPV4_BYTES,
  IPV4_SERVER,
  IPV6,
  IPV6_BYTES,
  IPV6_SERVER,
  isMapped,
  portAt,
  setPort,
} from '../socket-layout.ts';
import { FAMILY, isAddress } from '../socket-tuple.ts';

/** bind: the address. A socket that is bound to a port is taken for a server's. */
export const bind: Handler = (moment) => {
  const { event, system } = moment;
  if (moment.file === undefined || moment.result < 0) return;
  const address = event.data(1);
  if (!isAddress(address)) return;
  const file = changeFile(moment);
  if (file === undefined) return;
  if (address[0] === FAMILY.INET && portAt(address, 5) > 0) bindIpv4(file, address, 1, portAt(address, 5), IPV4.L4);
  if (address[0] === FAMILY.INET6 && portAt(address, 17) > 0) {
    // The empty address, which listens to both versions, counts as a mapped one.
    if (isMapped(address, 1)) bindIpv4(file, address, 13, portAt(address, 17), IPV6.L4);
    else bindIpv6(file, address);
  }
  file.name = system.texts.of(addressParamText(address));
};

function bindIpv4(file: File, address: Uint8Array, at: number, port: number, l4At: number): void {
  const bytes = file.socketBytes();
  const l4 = bytes[l4At] as number;
  file.kind = 'ipv4-server';
  copyBytes(bytes, IPV4_SERVER.ADDRESS, address, at, IPV4_BYTES);
  setPort(bytes, IPV4_SERVER.PORT, port);
  bytes[IPV4_SERVER.L4] = l4;
  file.isServer = true;
}

function bindIpv6(file: File, address: Uint8Array): void {
  const bytes = file.socketBytes();
  file.kind = 'ipv6-server';
  setPort(bytes, IPV6_SERVER.PORT, portAt(address, 17));
  copyBytes(bytes, IPV6_SERVER.ADDRESS, address, 1, IPV6_BYTES);
  bytes[IPV6_SERVER.L4] = bytes[IPV6.L4] as number;
  file.isServer = true;
}
