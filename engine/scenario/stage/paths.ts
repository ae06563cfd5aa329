import type { ByteString } from '../../model/byte-string.ts';

/** An absolute path without `.`, `..` and doubled slashes; no links are followed. */
export function absolutePath(cwd: ByteString, path: ByteString): ByteString {
  const parts: ByteString[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The last component. */
export function baseName(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True when a path is a directory or lies in it. */
export function isWithin(path: ByteString, directory: ByteString): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}
