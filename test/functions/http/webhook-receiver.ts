import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message that came. */
export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Somebody who takes messages. */
export interface WebhookReceiver {
  /** What is POSTed below it is kept by its path; a GET of the path gives it. Below `/busy/` the first of each is refused. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a receiver of messages on this machine. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const received = new Map<string, Received[]>();
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    void answer(request, received, seen).then(([status, body]) => response.writeHead(status).end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  received: Map<string, Received[]>,
  seen: Set<string>,
): Promise<[number, string]> {
  const { url: path = '/', method, headers } = request;
  if (method === 'GET') return [200, JSON.stringify(received.get(path) ?? [])];
  const body = await text(request);
  const isFirst = !seen.has(path + body);
  seen.add(path + body);
  if (path.startsWith('/busy/') && isFirst) return [503, ''];
  if (!received.has(path)) received.set(path, []);
  received.get(path)?.push({ headers: headers as Record<string, string>, body });
  return [204, ''];
}
