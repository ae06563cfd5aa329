import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:net';

/** What keeps others out of a folder. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for this process alone. The lock is a socket with an abstract name: it ends with the process, however
 * that ends. Throws when another process of this network namespace has the folder.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const { dev, ino } = statSync(folder, { bigint: true });
  const server = createServer().unref();
  server.listen(`\0creance-spool-${dev}-${ino}`);
  try {
    await once(server, 'listening');
  } catch {
    throw new Error(`${folder} is in use by another recorder`);
  }
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
