import { compilePathMatch } from '../compare/path-match.ts';
import type { ByteString } from '../model/byte-string.ts';
import { asciiLower } from '../fields/transform-case.ts';
import type { Reason } from './reason.ts';
import { quoted } from './shown-value.ts';

/** Paths that are looked through for the one that matches or comes near. */
const MOST_PATHS = 2_000;

/** Why a path has one of these as a prefix, component by component, or hasn't. */
export function pathReason(value: ByteString, paths: readonly ByteString[], holds: boolean): Reason {
  const some = paths.slice(0, MOST_PATHS);
  if (holds) {
    const path = some.find((one) => compilePathMatch([one])(value));
    return { code: 'prefix', text: path === undefined ? 'below one of them' : `below ${quoted(path)}` };
  }
  const folded = some.find((one) => compilePathMatch([asciiLower(one)])(asciiLower(value)));
  if (folded !== undefined) return { code: 'other-case', text: `below ${quoted(folded)} but for case` };
  const components = parts(value);
  let nearest: ByteString | undefined;
  let common = 0;
  for (const path of some) {
    const length = parts(path).findIndex((part, i) => part !== components[i]);
    if (length > common) [nearest, common] = [path, length];
  }
  const text = `below none of ${paths.length === 1 ? 'it' : `the ${paths.length} paths`}`;
  return { code: 'prefix', text: nearest === undefined ? text : `${text}; nearest is ${quoted(nearest)}` };
}

function parts(path: ByteString): ByteString[] {
  return path.split('/').filter((part) => part !== '');
}
