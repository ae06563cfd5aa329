import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeSession } from '../../../engine/practice/node/session.ts';
import { isSheet } from '../../../engine/practice/task.ts';
import { filesOnDesk, type Desk } from './desk.ts';
import { put } from './start.ts';

/** Keeps an emulated node and the folder of its task alike, whichever of them is changed. */
export class NodeDesk {
  readonly #desk: Desk;
  readonly #session: NodeSession;
  /** What stands in the folder, as far as is known. */
  #known: ReadonlyMap<string, string>;

  /** @param known files that the session was opened with */
  constructor(desk: Desk, session: NodeSession, known: ReadonlyMap<string, string>) {
    this.#desk = desk;
    this.#session = session;
    this.#known = known;
  }

  /** Where a file of the node lies in the folder. */
  place(path: string): string {
    return join(this.#desk.folder, path);
  }

  /** Takes over what was changed in the folder by another program. The sheets of the node itself are not looked at again. */
  take(): void {
    const now = filesOnDesk(this.#desk);
    for (const [path, text] of now) {
      if (text !== this.#known.get(path) && !isNodeSheet(path)) this.#session.write(path, text);
    }
    for (const path of this.#known.keys()) if (!now.has(path) && !isNodeSheet(path)) this.#session.remove(path);
    this.#known = now;
  }

  /** Writes what has changed on the node into the folder. */
  keep(): void {
    const now = this.#session.files();
    for (const [path, text] of now) if (text !== this.#known.get(path)) put(this.place(path), text);
    for (const path of this.#known.keys()) if (!now.has(path)) rmSync(this.place(path), { force: true });
    this.#known = now;
  }
}

/** Answers are written with any editor; the cluster and the state belong to the node. */
function isNodeSheet(path: string): boolean {
  return isSheet(path) && !path.endsWith('/answers.yaml');
}
