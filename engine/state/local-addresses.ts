import { bytesOf, type ByteString } from '../model/byte-string.ts';
import type { NetworkInterface } from '../model/snapshot.ts';
import type { File } from './file.ts';
import { copyBytes, IPV4, IPV4_BYTES, IPV6, IPV6_BYTES, isZero, portAt, sameBytes } from './socket-layout.ts';

const LOOPBACK_4 = bytesOf('\x7f\0\0\x01');
const LOOPBACK_6 = bytesOf(`${'\0'.repeat(15)}\x01`);
const EMPTY = new Uint8Array(IPV6_BYTES);
/** Two IPv6 addresses are of one network for Falco when this many bytes agree. */
const NETWORK_BYTES = 8;

interface Address {
  readonly address: Uint8Array;
  readonly netmask: Uint8Array;
}

/** The addresses of the machine's own interfaces. */
export class LocalAddresses {
  #ipv4: readonly Address[] = [];
  #ipv6: readonly Address[] = [];

  set(interfaces: readonly NetworkInterface[]): void {
    this.#ipv4 = ofLength(interfaces, IPV4_BYTES);
    this.#ipv6 = ofLength(interfaces, IPV6_BYTES);
  }

  /** True for an address of an interface; IPv6 counts the whole network of each interface. */
  has(ip: ByteString): boolean {
    const bytes = bytesOf(ip);
    if (bytes.length === IPV4_BYTES)
      return this.#ipv4.some(({ address }) => sameBytes(address, 0, bytes, 0, IPV4_BYTES));
    return this.#ipv6.some(({ address }) => sameBytes(address, 0, bytes, 0, NETWORK_BYTES));
  }

  /** Puts in the local address where a connected socket's tuple lacks one, by a guess from the other side. */
  complete(file: File): void {
    if (file.kind === 'ipv4') {
      this.#complete(file.socketBytes(), IPV4.SOURCE, IPV4.DEST, IPV4.SOURCE_PORT, IPV4.DEST_PORT, IPV4_BYTES);
    } else if (file.kind === 'ipv6') {
      this.#complete(file.socketBytes(), IPV6.SOURCE, IPV6.DEST, IPV6.SOURCE_PORT, IPV6.DEST_PORT, IPV6_BYTES);
    }
  }

  #complete(
    bytes: Uint8Array,
    source: number,
    dest: number,
    sourcePort: number,
    destPort: number,
    count: number,
  ): void {
    const lacksSource = isZero(bytes, source, count);
    if (!lacksSource && !isZero(bytes, dest, count)) return;
    const [missing, other] = lacksSource ? [source, dest] : [dest, source];
    const guess = count === IPV4_BYTES ? this.#guessIpv4(bytes, other) : this.#guessIpv6(bytes, other);
    // A socket doesn't talk to itself.
    if (sameBytes(guess, 0, bytes, other, count) && portAt(bytes, sourcePort) === portAt(bytes, destPort)) return;
    copyBytes(bytes, missing, guess, 0, count);
  }

  /** The address itself if it is ours, else ours in its network, else our first one that isn't the loopback. */
  #guessIpv4(bytes: Uint8Array, at: number): Uint8Array {
    const found =
      this.#ipv4.find(({ address }) => sameBytes(address, 0, bytes, at, IPV4_BYTES)) ??
      this.#ipv4.find(({ address, netmask }) => inNetwork(address, netmask, bytes, at)) ??
      this.#ipv4.find(({ address }) => !sameBytes(address, 0, LOOPBACK_4, 0, IPV4_BYTES));
    return found?.address ?? EMPTY;
  }

  #guessIpv6(bytes: Uint8Array, at: number): Uint8Array {
    const found =
      this.#ipv6.find(({ address }) => sameBytes(address, 0, bytes, at, IPV6_BYTES)) ??
      this.#ipv6.find(({ address }) => sameBytes(address, 0, bytes, at, NETWORK_BYTES)) ??
      this.#ipv6.find(({ address }) => !sameBytes(address, 0, LOOPBACK_6, 0, IPV6_BYTES));
    return found?.address ?? EMPTY;
  }
}

function ofLength(interfaces: readonly NetworkInterface[], count: number): Address[] {
  return interfaces
    .filter(({ address }) => address.length === count)
    .map(({ address, netmask }) => ({ address: bytesOf(address), netmask: bytesOf(netmask) }));
}

function inNetwork(address: Uint8Array, netmask: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < IPV4_BYTES; i++) {
    const mask = netmask[i] ?? 0;
    if (((address[i] as number) & mask) !== ((bytes[at + i] as number) & mask)) return false;
  }
  return true;
}
