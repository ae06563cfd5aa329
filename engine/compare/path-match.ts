import type { ByteString } from '../model/byte-string.ts';
import { compileGlob } from './glob.ts';

/** What may follow a part of a path. A node without followers is the end of a search path: everything below it matches. */
interface Followers {
  readonly plain: Map<string, Followers>;
  readonly globs: Map<string, { readonly matches: (component: string) => boolean; readonly followers: Followers }>;
  isEnd: boolean;
}

/**
 * Search paths of operator `pmatch`: a path matches when the components of one search path are a prefix of its own.
 * Empty components do not count, so a leading slash makes no difference and `/` matches every path. A component with
 * `?`, `*` or `[` is a glob for one component.
 */
export function compilePathMatch(searchPaths: readonly ByteString[]): (path: ByteString) => boolean {
  const root = newFollowers();
  for (const path of searchPaths) addPath(root, componentsOf(path));
  return (path) => (root.isEnd ? true : matchesFrom(root, componentsOf(path), 0));
}

function addPath(root: Followers, components: readonly string[]): void {
  let node = root;
  for (const component of components) {
    if (node.isEnd) return;
    node = /[?*[]/.test(component) ? globFollowers(node, component) : plainFollowers(node, component);
  }
  node.isEnd = true;
}

function plainFollowers(node: Followers, component: string): Followers {
  let next = node.plain.get(component);
  if (next === undefined) node.plain.set(component, (next = newFollowers()));
  return next;
}

function globFollowers(node: Followers, component: string): Followers {
  let next = node.globs.get(component);
  if (next === undefined) {
    next = { matches: compileGlob(component, false), followers: newFollowers() };
    node.globs.set(component, next);
  }
  return next.followers;
}

function matchesFrom(node: Followers, components: readonly string[], depth: number): boolean {
  if (node.isEnd) return true;
  const component = components[depth];
  if (component === undefined) return false;
  const next = node.plain.get(component);
  if (next !== undefined && matchesFrom(next, components, depth + 1)) return true;
  for (const glob of node.globs.values()) {
    if (glob.matches(component) && matchesFrom(glob.followers, components, depth + 1)) return true;
  }
  return false;
}

function newFollowers(): Followers {
  return { plain: new Map(), globs: new Map(), isEnd: false };
}

function componentsOf(path: ByteString): string[] {
  return path.split('/').filter((component) => component !== '');
}
