import { Readable } from 'node:stream';
import { COMMANDS } from '../../../functions/cli/commands.ts';
import type { Terminal } from '../../../functions/cli/command.ts';
import { runCommandLine } from '../../../functions/cli/run.ts';

/** What a command printed and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly bytes: Buffer;
  readonly notes: string;
}

/** Runs a command line in this process, away from any real terminal. */
export async function creance(argv: readonly string[], stdin: Uint8Array | string = ''): Promise<Outcome> {
  const written: Buffer[] = [];
  let notes = '';
  const terminal: Terminal = {
    stdin: Readable.from([Buffer.from(stdin)]),
    write: async (text) => void written.push(Buffer.from(text)),
    note: (text) => void (notes += text),
    interactive: false,
    color: false,
  };
  const code = await runCommandLine(COMMANDS, argv, terminal);
  const bytes = Buffer.concat(written);
  return { code, out: bytes.toString('utf8'), bytes, notes };
}
