import type { EditDraft } from './edit.ts';

/** How one list, macro or rule differs between two rule sets. */
export interface ObjectChange<Item> {
  readonly drafts: readonly EditDraft[];
  /** The object with some of its edits made, by their places in `drafts`; undefined where it is not there then. */
  mix(takes: (draft: number) => boolean): Item | undefined;
}

/** An object that is the same on both sides. */
export function unchanged<Item>(item: Item): ObjectChange<Item> {
  return { drafts: [], mix: () => item };
}

/** Objects by name on both sides, in the order of the second, those that are gone where they were. */
export function namesOfBoth<Key>(from: ReadonlyMap<Key, unknown>, to: ReadonlyMap<Key, unknown>): Key[] {
  return mergedOrder([...from.keys()], [...to.keys()]);
}

/** The order of the second list, with what only the first one has put behind what it followed there. */
export function mergedOrder<Key>(from: readonly Key[], to: readonly Key[]): Key[] {
  const inTo = new Set(to);
  const after = new Map<Key | undefined, Key[]>();
  let anchor: Key | undefined;
  for (const name of from) {
    if (inTo.has(name)) anchor = name;
    else if (after.get(anchor)?.push(name) === undefined) after.set(anchor, [name]);
  }
  return [...(after.get(undefined) ?? []), ...to.flatMap((name) => [name, ...(after.get(name) ?? [])])];
}
