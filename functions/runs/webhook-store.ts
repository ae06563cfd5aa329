import { folders } from '../store/folders.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { VersionChain } from '../store/version-chain.ts';
import type { Webhook } from './webhook.ts';

/** The webhooks of one tenant, by name. Only the current version of one is kept, for the others have secrets too. */
export class WebhookStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** The webhook of a name; undefined when there is none. */
  async find(name: string): Promise<Webhook | undefined> {
    return (await this.#chain(name).current())?.value;
  }

  /** Keeps a webhook under a name, in place of what was there. */
  async put(name: string, webhook: Webhook): Promise<void> {
    const { version } = await this.#chain(name).append(webhook);
    await this.#drop(name, version);
  }

  /** Forgets a webhook; false when there was none. */
  async remove(name: string): Promise<boolean> {
    return (await this.#drop(name, Infinity)) > 0;
  }

  /** Names of all webhooks, in order. */
  names(): AsyncGenerator<string> {
    return folders(this.#objects, KEYS.webhooks(this.#tenant));
  }

  #chain(name: string): VersionChain<Webhook> {
    return new VersionChain(this.#objects, KEYS.webhook(this.#tenant, name));
  }

  /** Deletes versions before one. */
  async #drop(name: string, before: number): Promise<number> {
    const folder = KEYS.webhook(this.#tenant, name);
    let dropped = 0;
    for await (const { key } of this.#objects.list(folder)) {
      if (Number.parseInt(key.slice(folder.length), 10) >= before) continue;
      await this.#objects.delete(key);
      dropped++;
    }
    return dropped;
  }
}
