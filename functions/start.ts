import { parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { DEFAULT_DIRECTORY, DEFAULT_PORT } from './defaults.ts';
import { greeting } from './greeting.ts';
import { portIsFree } from './port.ts';
import { askedToStop } from './signals.ts';
import { LockedError, takeLock } from './store/persistence-lock.ts';
import { buildSite } from './web/build-site.ts';
import { startWrangler } from './wrangler.ts';

/** `npm start`: the service on workerd, with an S3 of its own. Ends with 0 when it was asked to stop, else with 1. */
process.exitCode = await start();

async function start(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, directory: { type: 'string' } },
  });
  const port = Number(values.port ?? process.env.CREANCE_PORT ?? DEFAULT_PORT);
  const directory = resolve(values.directory ?? process.env.CREANCE_DIRECTORY ?? DEFAULT_DIRECTORY);
  const url = `http://127.0.0.1:${port}`;
  try {
    const lock = takeLock(directory, 'npm start', url);
    try {
      if (!(await portIsFree(port))) return failed(`port ${port} is in use; choose another: npm start -- --port 8788`);
      console.error('Building the pages ...');
      await buildSite();
      console.error('Starting workerd ...');
      const wrangler = startWrangler({ port, directory });
      lock.include(wrangler.pid);
      const asked = askedToStop().then(() => 'asked' as const);
      const answers = await Promise.race([wrangler.answering, asked]);
      if (answers === true) console.log(greeting(url, join(directory, 'store')));
      const end = answers === true ? await Promise.race([wrangler.ended, asked]) : answers;
      await wrangler.stop();
      if (end === 'asked') return 0;
      return failed(end === false ? 'wrangler did not start the service; its messages are above' : 'wrangler ended');
    } finally {
      lock.release();
    }
  } catch (error) {
    if (error instanceof LockedError) return failed(error.message);
    throw error;
  }
}

function failed(message: string): number {
  console.error(`creance: ${message}`);
  return 1;
}
