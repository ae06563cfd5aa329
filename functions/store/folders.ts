import type { ObjectStore } from './object-store.ts';

/** Folders that are listed in one request to the store. */
const PAGE = 1_000;

/** The names of all folders below a prefix, in order. */
export async function* folders(objects: ObjectStore, prefix: string): AsyncGenerator<string> {
  for (let after: string | undefined, more = true; more;) {
    const page = await objects.listFolders(prefix, after, PAGE);
    yield* page.folders;
    after = page.folders.at(-1);
    more = page.more && after !== undefined;
  }
}
