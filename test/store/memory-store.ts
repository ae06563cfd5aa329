import { ObjectStore, type Listed, type ListedFolders } from '../../functions/store/object-store.ts';

/** A store in memory that counts what is asked of it: for tests about how often that is, over thousands of objects. */
export class MemoryStore extends ObjectStore {
  readonly #objects = new Map<string, string>();
  #sorted: readonly string[] | undefined;
  reads = 0;
  lists = 0;

  constructor() {
    super({ endpoint: 'http://127.0.0.1:9', region: 'auto', bucket: 'none', credentials: undefined, pathStyle: true });
  }

  override async create(key: string, body: Uint8Array | string): Promise<boolean> {
    if (this.#objects.has(key)) return false;
    this.#objects.set(key, typeof body === 'string' ? body : new TextDecoder().decode(body));
    this.#sorted = undefined;
    return true;
  }

  override async readText(key: string): Promise<string | undefined> {
    this.reads++;
    return this.#objects.get(key);
  }

  override async delete(key: string): Promise<void> {
    this.#objects.delete(key);
    this.#sorted = undefined;
  }

  override async *list(prefix: string): AsyncGenerator<Listed> {
    const keys = this.#keys(prefix);
    this.lists += Math.max(1, Math.ceil(keys.length / 1_000));
    for (const key of keys) yield { key, size: this.#objects.get(key)?.length ?? 0, modified: 0 };
  }

  override async listFolders(prefix: string, after: string | undefined, limit: number): Promise<ListedFolders> {
    const all = new Set(this.#keys(prefix).map((key) => key.slice(prefix.length).split('/', 1)[0] as string));
    const behind = [...all].filter((folder) => after === undefined || folder > after);
    return { folders: behind.slice(0, limit), more: behind.length > limit };
  }

  #keys(prefix: string): readonly string[] {
    this.#sorted ??= [...this.#objects.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    return this.#sorted.filter((key) => key.startsWith(prefix));
  }
}
