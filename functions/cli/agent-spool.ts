import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { RedactionSettings } from '../../agent/redaction/redaction.ts';
import { Sender } from '../../agent/spool/sender.ts';
import { Spool } from '../../agent/spool/spool.ts';
import { SegmentReceiver } from '../client/segment-receiver.ts';
import { UnreadableError, type Given, type Terminal } from './command.ts';
import { attempt } from './file-error.ts';
import { numberOf } from './number-flag.ts';
import { serviceOf } from './server-flag.ts';

const MB = 1024 * 1024;
/** A spool that is sent from has a limit also where none is given. */
const USUAL_SPOOL_MB = 1024;

/** The folder in which the segments wait. */
export async function spoolFrom(
  given: Given,
  terminal: Terminal,
  folder: string,
  redaction: RedactionSettings,
): Promise<Spool> {
  const isSent = given.flag('server') !== undefined;
  const most = given.flag('spool-max') === undefined && !isSent;
  const maxBytes = most ? undefined : numberOf(given, 'spool-max', USUAL_SPOOL_MB, 1, 1e9) * MB;
  const spool = await Spool.open(folder, {
    name: given.flag('name') ?? hostname(),
    chance: randomBytes(6).toString('hex'),
    maxBytes,
    drop: given.flag('spool-drop') === 'newest' ? 'newest' : 'oldest',
    redaction,
    now: Date.now,
  }).catch((error: unknown) => {
    throw new UnreadableError((error as Error).message);
  });
  for (const { file } of spool.salvaged) {
    terminal.note(`${file}: left by a recorder that was killed, and kept up to its last whole block\n`);
  }
  return spool;
}

/** Sending that goes on beside the recording. */
export interface Sending {
  readonly sender: Sender;
  /** Ends it: what waits is sent for a while yet. True when the service has everything. */
  end(): Promise<boolean>;
}

/** Begins to send what is in the spool; undefined without a service. */
export function sendingFrom(given: Given, terminal: Terminal, spool: Spool): Sending | undefined {
  if (given.flag('server') === undefined) return undefined;
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
  const client = serviceOf(given, envOf(given), stop.signal);
  const sender = new Sender(spool, new SegmentReceiver(client), {
    chance: Math.random,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
    onTrouble: (error) =>
      terminal.note(
        error === undefined
          ? 'creance agent: segments are being sent again\n'
          : `creance agent: segments wait in ${spool.folder}: ${error.message}\n`,
      ),
  });
  const drainMs = numberOf(given, 'drain', 20, 0, 86_400) * 1000;
  const running = sender.run(stopped);
  return {
    sender,
    async end() {
      const timer = setTimeout(() => stop.abort(), drainMs);
      await running;
      clearTimeout(timer);
      return !stop.signal.aborted;
    },
  };
}

function envOf(given: Given): Readonly<Record<string, string | undefined>> {
  const path = given.flag('token-file');
  if (path === undefined) return process.env;
  const token = attempt(path, () => readFileSync(path, 'utf8').trim());
  return { ...process.env, CREANCE_TOKEN: token };
}
