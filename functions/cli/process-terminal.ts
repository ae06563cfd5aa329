import { once } from 'node:events';
import type { Terminal } from './command.ts';

/** The terminal of this process. Waits when the reader of stdout is slow; ends quietly when it went away (`| head`). */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const interactive = stderr.isTTY === true;
  return {
    stdin,
    async write(text) {
      if (!stdout.write(text)) await once(stdout, 'drain');
    },
    note: (text) => void stderr.write(text),
    interactive,
    color: interactive && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
  };
}
