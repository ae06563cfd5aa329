import { existsSync, writeFileSync } from 'node:fs';
import { Sender } from '../../../agent/spool/sender.ts';
import { Spool } from '../../../agent/spool/spool.ts';
import { SegmentReceiver } from '../../../functions/client/segment-receiver.ts';
import { ServiceClient } from '../../../functions/client/service-client.ts';
import { putSegment, segmentBytes } from './captures.ts';

/**
 * A recorder without a kernel: `FOLDER URL TOKEN SEGMENTS` keeps as many segments as there are to be, sends them, and ends
 * when the service has all. It may be killed at any point and started again. Its pauses are short.
 */
const [folder = '', url = '', token = '', segments = '0'] = process.argv.slice(2);
/** More than one part of an upload. */
const LARGE = 9 * 1024 * 1024;
const briefly = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds / 100));

const spool = await Spool.open(folder, {
  name: 'node-7',
  chance: 'faults',
  maxBytes: undefined,
  drop: 'oldest',
  now: Date.now,
});
const sender = new Sender(spool, new SegmentReceiver(new ServiceClient(new URL(url), token, briefly)), {
  chance: Math.random,
  wait: briefly,
});
// They are made before anything is sent, so that whoever kills this at a request kills no segment that grows.
const made = `${folder}.made`;
for (let i = existsSync(made) ? Number(segments) : 0; i < Number(segments); i++) {
  const sequence = spool.nextSequence();
  const path = spool.path(sequence, BigInt(Date.now()) * 1_000_000n);
  spool.whole(putSegment(path, sequence, segmentBytes(sequence, sequence === 2 ? LARGE : 0)));
}
writeFileSync(made, '');
const sending = sender.run(new Promise(() => {}));
spool.end();
await sending;
await spool.close();
