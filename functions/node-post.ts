import { lookup, type LookupAddress } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { MAX_WEBHOOK_MS } from '../engine/model/limits.ts';
import { isPublicAddress, refusedUrl } from './runs/public-address.ts';
import type { Post } from './runs/webhook.ts';

/**
 * Sends messages to webhooks from Node. The addresses that a name stands for are looked at as they are connected to, so
 * a name that is public when it is asked for and private afterwards leads nowhere.
 *
 * @param allowsPrivate also `http:` and addresses of one's own network
 * @param resolve asks what a name stands for
 */
export function nodePost(allowsPrivate: boolean, resolve: LookupFunction = lookup as LookupFunction): Post {
  return (text, headers, body) =>
    new Promise((settle, reject) => {
      const refused = refusedUrl(text, allowsPrivate);
      if (refused !== undefined) return reject(new Error(`the address ${refused}`));
      const url = new URL(text);
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const sent = send(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(MAX_WEBHOOK_MS),
        ...(allowsPrivate ? {} : { lookup: publicOnly(resolve) }),
      });
      sent.on('response', (answer) => {
        // Nothing is made of what it says.
        answer.destroy();
        settle(answer.statusCode ?? 0);
      });
      sent.on('error', (error) => reject(new Error(plainly(error))));
      sent.end(body);
    });
}

/** Looks names up and lets through public addresses only. */
const publicOnly =
  (resolve: LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const open = (addresses as LookupAddress[]).filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (first === undefined) return callback(new Error('the name stands for a private network'), '');
      if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };

/** Without the address: it may be a secret. */
function plainly(error: Error & { readonly code?: string }): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return `no answer within ${MAX_WEBHOOK_MS} ms`;
  return error.code ?? error.message;
}
