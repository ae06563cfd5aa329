import { MAX_ALERTS_DELIVERED, MAX_WEBHOOK_TRIES, WEBHOOK_WAIT_MS } from '../../engine/model/limits.ts';
import { CREANCE_VERSION } from '../version.ts';
import { signatureOf, type Delivery, type DeliveryTry, type Post, type Webhook } from './webhook.ts';

/** How messages are sent. */
export interface Sender {
  readonly post: Post;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** A message to a webhook. */
export interface Message {
  /** The same for the same message sent again, so that a receiver can know it. */
  readonly id: string;
  /** `run.done`, `run.failed` or `alert`. */
  readonly event: string;
  readonly body: string;
}

/** What came of sending messages. */
export type Sent = Omit<Delivery, 'webhook' | 'ended'>;

/** Sends messages one after the other, each a few times if need be; ends at the first that is not taken. */
export async function deliver(to: Webhook, messages: AsyncIterable<Message>, sender: Sender): Promise<Sent> {
  let sent = 0;
  let tries: readonly DeliveryTry[] = [];
  for await (const message of messages) {
    if (sent === MAX_ALERTS_DELIVERED) {
      return { state: 'delivered', messages: sent, tries, reason: `only the first ${sent} alerts are sent` };
    }
    tries = await send(to, message, sender);
    const last = tries.at(-1);
    if (!isTaken(last)) {
      const reason = last?.error ?? `the receiver answered ${String(last?.status)}`;
      return { state: 'failed', messages: sent, tries, reason };
    }
    sent++;
  }
  return { state: 'delivered', messages: sent, tries };
}

/** All tries to send one message. */
async function send({ url, secret }: Webhook, { id, event, body }: Message, sender: Sender): Promise<DeliveryTry[]> {
  const tries: DeliveryTry[] = [];
  for (;;) {
    const now = sender.now();
    const headers = {
      'content-type': 'application/json',
      'user-agent': `creance/${CREANCE_VERSION}`,
      'x-creance-event': event,
      'x-creance-delivery': id,
      ...(secret === undefined ? {} : { 'x-creance-signature': signatureOf(secret, body, now) }),
    };
    const at = new Date(now).toISOString();
    try {
      tries.push({ at, status: await sender.post(url, headers, body) });
    } catch (error) {
      tries.push({ at, error: (error as Error).message });
    }
    const last = tries.at(-1);
    if (isTaken(last) || !isWorthATry(last) || tries.length === MAX_WEBHOOK_TRIES) return tries;
    await sender.wait(WEBHOOK_WAIT_MS * 2 ** (tries.length - 1));
  }
}

function isTaken(one: DeliveryTry | undefined): boolean {
  return one?.status !== undefined && one.status >= 200 && one.status < 300;
}

/** What the receiver says of the message itself will be said again; a lack of time or strength passes. */
function isWorthATry(one: DeliveryTry | undefined): boolean {
  const status = one?.status;
  return status === undefined || status >= 500 || status === 408 || status === 425 || status === 429;
}
