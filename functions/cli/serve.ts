import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';

const MAX_PORT = 65_535;

/** `creance serve`. */
export const SERVE: Command = {
  name: 'serve',
  summary: 'the service on Node: HTTP, the page, the store',
  usage: '',
  about:
    'Serves the same app as npm start does, on plain Node, at 127.0.0.1. Traces are kept in an embedded S3 in the working directory; with S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY set, in that one. Ends at Ctrl-C.',
  words: [0, 0],
  flags: [
    { name: 'port', value: 'PORT', help: 'where to listen, 8787 unless given; 0 for any free port' },
    { name: 'directory', value: 'DIR', help: 'where the embedded store keeps its objects, .creance unless given' },
  ],
  examples: [['serve --port 9000', 'another port']],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const port = portOf(given.flag('port'));
  const directory = given.flag('directory');
  const { serve } = await import('../node.ts');
  const { greeting } = await import('../greeting.ts');
  const { askedToStop } = await import('../signals.ts');
  const { LockedError } = await import('../store/persistence-lock.ts');
  const { SettingsError } = await import('../store/s3-settings.ts');
  try {
    const service = await serve({
      env: process.env,
      ...(port === undefined ? {} : { port }),
      ...(directory === undefined ? {} : { directory }),
    });
    if (given.has('json')) await terminal.write(`${JSON.stringify({ url: service.url, store: service.store })}\n`);
    else await terminal.write(greeting(service.url, service.store));
    await askedToStop();
    await service.stop();
    return EXIT.YES;
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (inUse) terminal.note(`creance serve: port ${port ?? 8787} is in use: give another with --port\n`);
    else if (error instanceof LockedError || error instanceof SettingsError) {
      terminal.note(`creance serve: ${error.message}\n`);
    } else throw error;
    return EXIT.NO;
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= MAX_PORT) return port;
  throw new UsageError(`--port is a number from 0 to ${MAX_PORT}, not '${text}'`);
}
