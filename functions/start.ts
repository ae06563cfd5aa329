import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { greeting } from './greeting.ts';
import { placeOf, portOf } from './place.ts';
import { portIsFree } from './port.ts';
import { askedToStop } from './signals.ts';
import { LockedError, takeLock } from './store/persistence-lock.ts';
import { s3SettingsOf, s3Variables, SettingsError, storeName } from './store/s3-settings.ts';
import { buildSite } from './web/build-site.ts';
import { startWrangler } from './wrangler.ts';

/** `npm start`: the service on workerd, with an S3 of its own. Ends with 0 when it was asked to stop, else with 1. */
process.exitCode = await start();

async function start(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, directory: { type: 'string' } },
  });
  try {
    const place = placeOf({ port: portOf(values.port, '--port'), directory: values.directory }, process.env);
    const { port } = place;
    const directory = resolve(place.directory);
    const url = `http://127.0.0.1:${port}`;
    const given = s3SettingsOf(process.env);
    const asked = askedToStop().then(() => 'asked' as const);
    const lock = takeLock(directory, 'npm start', url);
    try {
      if (!(await portIsFree(port))) return failed(`port ${port} is in use; choose another: npm start -- --port 8788`);
      console.error('Building the pages ...');
      await buildSite();
      console.error('Starting workerd ...');
      const wrangler = startWrangler({
        port,
        directory,
        external: given === undefined ? undefined : s3Variables(process.env),
      });
      lock.include(wrangler.pid);
      const answers = await Promise.race([wrangler.answering, asked]);
      if (answers === true) console.log(greeting(url, given === undefined ? directory : storeName(given)));
      const end = answers === true ? await Promise.race([wrangler.ended, asked]) : answers;
      await wrangler.stop();
      if (end === 'asked') return 0;
      return failed(end === false ? 'wrangler did not start the service; its messages are above' : 'wrangler ended');
    } finally {
      lock.release();
    }
  } catch (error) {
    if (error instanceof LockedError || error instanceof SettingsError) return failed(error.message);
    throw error;
  }
}

function failed(message: string): number {
  console.error(`creance: ${message}`);
  return 1;
}
