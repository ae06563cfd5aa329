import type { ByteString } from '../model/byte-string.ts';

/** A version of three numbers. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The version of the rules engine that Creance equals: that of Falco 0.44.1. */
export const ENGINE_VERSION: Version = { major: 0, minor: 62, patch: 0 };

/** Reads `1.2.3`; what follows is ignored, as by C's `sscanf("%u.%u.%u")`. Undefined when it doesn't begin so. */
export function parseVersion(text: ByteString): Version | undefined {
  const match = /^[ \t-\r]*([+-]?\d+)\.[ \t-\r]*([+-]?\d+)\.[ \t-\r]*([+-]?\d+)/.exec(text);
  if (match === null) return undefined;
  const [major, minor, patch] = match.slice(1).map(unsigned) as [number, number, number];
  return { major, minor, patch };
}

/** `1.2.3`. */
export function printVersion({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`;
}

/** True when what is there can be used where something is required: same major number, not older. */
export function isCompatible(there: Version, required: Version): boolean {
  if (there.major !== required.major) return false;
  if (there.minor !== required.minor) return there.minor > required.minor;
  return there.patch >= required.patch;
}

/** A number as C reads it into 32 bits without sign: what is too large for 64 bits becomes the largest one. */
function unsigned(digits: string): number {
  return digits.length > 20 ? 0xffffffff : Number(BigInt.asUintN(32, BigInt(digits.replace('+', ''))));
}
