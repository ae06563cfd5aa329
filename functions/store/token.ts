import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from './scope.ts';

/** What is kept of a token: everything but the token. Written once as `sys/tokens/<sha256 of the token>`. */
export interface TokenRecord {
  readonly format: 1;
  /** The first digits of the hash: what people and logs call it by. */
  readonly id: string;
  /** What it is for, for people only. */
  readonly name: string;
  readonly tenant: string;
  readonly scopes: readonly Scope[];
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly expiresAt?: string;
}

/** Digits of a token's hash that are its id. */
const ID_DIGITS = 12;
/** What every token begins with, so that scanners for leaked secrets can know it. */
const PREFIX = 'creance_';
const RANDOM_BYTES = 32;

/** A new token: 256 random bits. */
export function newToken(): string {
  return `${PREFIX}${randomBytes(RANDOM_BYTES).toString('base64url')}`;
}

/** True for the shape of a token; nothing else is looked up. */
export function isToken(text: string): boolean {
  return /^creance_[A-Za-z0-9_-]{43}$/.test(text);
}

/**
 * SHA-256 of a token, hexadecimal. A slow hash is for secrets that people think of; nobody guesses 256 random bits. The
 * store looks hashes up, so how long a look takes tells nothing of a token.
 */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The id of the token with a hash. */
export function tokenId(hash: string): string {
  return hash.slice(0, ID_DIGITS);
}
