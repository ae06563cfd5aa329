import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** What goes wrong with a request. */
export type Fault = 'cut before' | 'cut after' | '500' | 'expired' | undefined;

/** Stands between a recorder and what it talks to, and makes some of it go wrong. */
export class FaultyProxy {
  readonly #server: Server;
  /** Where requests go; while it is undefined, nothing answers. */
  target: URL | undefined;
  #requests = 0;

  /** @param fault what happens to a request, by its number from 1 */
  constructor(fault: (number: number, request: IncomingMessage) => Fault) {
    this.#server = createServer((incoming, outgoing) => {
      const number = ++this.#requests;
      this.#pass(incoming, outgoing, fault(number, incoming));
    });
  }

  /** Listens on a free port; answers where. */
  async start(): Promise<URL> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault): void {
    const cut = (): void => void incoming.socket.destroy();
    if (this.target === undefined) return cut();
    // Half of what is sent arrives.
    if (fault === 'cut before') return void incoming.once('data', cut).once('end', cut);
    if (fault === '500' || fault === 'expired') {
      incoming.resume();
      outgoing.writeHead(fault === '500' ? 500 : 403).end();
      return;
    }
    const { hostname, port } = this.target;
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
      if (fault === 'cut after') return cut();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing).on('error', cut);
      answer.on('error', cut);
    });
    onward.on('error', cut);
    incoming.pipe(onward);
  }
}
