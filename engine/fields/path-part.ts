import type { ByteString } from '../model/byte-string.ts';

/** What stands before the last slash: `/` when nothing does or there is no slash. A path that ends in a slash stays whole. */
export function directoryOf(path: ByteString): ByteString {
  const slash = path.lastIndexOf('/');
  if (slash <= 0) return '/';
  return slash === path.length - 1 ? path : path.slice(0, slash);
}

/** What stands behind the last slash: `/` when there is no slash. A path that ends in a slash stays whole. */
export function fileNameOf(path: ByteString): ByteString {
  const slash = path.lastIndexOf('/');
  if (slash === -1) return '/';
  return slash === path.length - 1 ? path : path.slice(slash + 1);
}

/** The path with one slash where there are several. */
export function withoutRepeatedSlashes(path: ByteString): ByteString {
  return path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
}
