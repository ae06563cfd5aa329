import { createHmac } from 'node:crypto';

/** What a webhook is sent: the run when it ends, or each of its alerts as Falco sends them. */
export type WebhookFormat = 'run' | 'falco';

/** Somebody who is told of runs. */
export interface Webhook {
  readonly url: string;
  readonly format: WebhookFormat;
  /** What the messages are signed with; never shown. */
  readonly secret?: string | undefined;
}

/** One try to send. */
export interface DeliveryTry {
  readonly at: string;
  /** The status that came back; undefined when none did. */
  readonly status?: number | undefined;
  readonly error?: string | undefined;
}

/** What came of telling a webhook of a run. */
export interface Delivery {
  readonly webhook: string;
  readonly state: 'delivered' | 'failed';
  /** How the run had ended. */
  readonly ended: 'done' | 'failed' | 'cancelled';
  /** Messages that were taken. */
  readonly messages: number;
  /** The last message's tries; a try that succeeded is the last. */
  readonly tries: readonly DeliveryTry[];
  /** Why it ended early, where it did. */
  readonly reason?: string | undefined;
}

/**
 * Sends a message and gives the status of the answer. Throws when none comes, or when the address may not be asked. No
 * redirect is followed.
 */
export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;

/**
 * The signature of a message: `t=<seconds since the epoch>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal digits>`. A
 * receiver works it out again and refuses a `t` that is too old, so that a message can't be sent again by others.
 *
 * @param now milliseconds since the epoch
 */
export function signatureOf(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
