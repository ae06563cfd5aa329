import { hostname, release, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Names that are too short, or too common, to tell anything. */
const COMMON = new Set(['vm', 'localhost', 'debian', 'root', 'node-1', '/', '/root', '/home']);
const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Texts that are found on the machine that records only: its name, its kernel, where this repository is. */
export function textsOfThisMachine(): string[] {
  return [hostname(), release(), userInfo().username, CHECKOUT, dirname(CHECKOUT), process.execPath].filter(
    (text) => text.length > 2 && !COMMON.has(text),
  );
}

/** Those of the texts that a recording has, with what stands around them. */
export function foundIn(recording: Uint8Array, texts: readonly (string | RegExp)[]): string[] {
  const bytes = gunzipSync(recording).toString('latin1');
  return texts.flatMap((text) => {
    const at = typeof text === 'string' ? bytes.indexOf(text) : bytes.search(text);
    return at === -1 ? [] : [`${text}: ${bytes.slice(Math.max(0, at - 40), at + 60).replace(/[^ -~]+/g, ' ')}`];
  });
}
