import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What may happen between the service and the store. */
export interface Fault {
  readonly name: string;
  /** The store refuses: its status, S3's code, and what it says of when to come again. */
  readonly answers?: { readonly status: number; readonly code: string; readonly retryAfter?: number };
  /**
   * - `refuse`: the connection ends before anything is read
   * - `cut request`: it ends in the middle of what is sent; the store gets nothing
   * - `cut answer`: the store does it, and the connection ends in the middle of the answer
   * - `lose answer`: the store does it, and nobody hears of it
   * - `hang`: nothing is ever answered
   * - `stall`: the answer begins and never ends
   * - `dribble`: it comes a few bytes at a time
   * - `skew`: the store's clock is twenty minutes ahead, and it refuses who is not
   */
  readonly does?: 'refuse' | 'cut request' | 'cut answer' | 'lose answer' | 'hang' | 'stall' | 'dribble' | 'skew';
}

/** How far the store's clock is ahead of ours when it is, and how much S3 lets pass. */
const AHEAD_MS = 20 * 60 * 1_000;
const TOLERATED_MS = 15 * 60 * 1_000;

/** An S3 before another one, on a port of its own, in which faults can be set. */
export class FaultyS3 {
  readonly #target: URL;
  readonly #server: Server;
  #fault: Fault | undefined;
  #from = 0;
  #times = 0;
  #seen = 0;

  /** @param target the endpoint of the other one */
  constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  /** Listens; gives the endpoint. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.#target.pathname}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /**
   * Sets a fault and counts requests anew.
   *
   * @param from the number of the first request that it strikes, from 0
   * @param times requests that it strikes
   */
  strike(fault: Fault, from: number, times: number): void {
    this.#fault = fault;
    this.#from = from;
    this.#times = times;
    this.#seen = 0;
  }

  /** Ends every fault; gives how many requests came since it was set. */
  heal(): number {
    this.#fault = undefined;
    const seen = this.#seen;
    this.#seen = 0;
    return seen;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const number = this.#seen++;
    const isStruck = number >= this.#from && number < this.#from + this.#times;
    const fault = isStruck ? this.#fault : undefined;
    request.on('error', () => {});
    response.on('error', () => {});
    if (fault?.answers !== undefined) return refuse(request, response, fault.answers);
    if (fault?.does === 'refuse') return void request.socket.destroy();
    if (fault?.does === 'hang') return void request.resume();
    if (fault?.does === 'cut request')
      return void request.once('data', () => request.socket.destroy()).once('end', () => request.socket.destroy());
    if (fault?.does === 'skew' && isLate(request)) return refuse(request, response, SKEWED);
    this.#pass(request, response, fault);
  }

  #pass(request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): void {
    const { hostname, port } = this.#target;
    const { method, url, headers } = request;
    const passed = ask({ hostname, port, method, path: url, headers }, (answer) => {
      if (fault?.does === 'lose answer') return void answer.resume().once('end', () => request.socket.destroy());
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      if (fault?.does === 'dribble') return void dribble(answer, response);
      if (fault?.does === 'stall') return void half(answer, response, () => {});
      if (fault?.does === 'cut answer') return void half(answer, response, () => request.socket.destroy());
      answer.pipe(response);
    });
    passed.on('error', () => request.socket.destroy());
    request.pipe(passed);
  }
}

const SKEWED = { status: 403, code: 'RequestTimeTooSkewed' };

/** True for a request that the store with the wrong clock refuses. */
function isLate({ headers }: IncomingMessage): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Math.abs(Date.now() + AHEAD_MS - at) > TOLERATED_MS;
}

/** Answers as S3 refuses; the body is taken first, as S3 does with small ones. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, code, retryAfter }: NonNullable<Fault['answers']>,
): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>as asked</Message></Error>`;
  request.resume().once('end', () => {
    const at = code === 'RequestTimeTooSkewed' ? Date.now() + AHEAD_MS : Date.now();
    const date = new Date(at).toUTCString();
    const again = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    response.writeHead(status, { 'content-type': 'application/xml', date, ...again }).end(body);
  });
}

async function dribble(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    const size = Math.max(1, Math.ceil(chunk.length / 4));
    for (let at = 0; at < chunk.length; at += size) {
      response.write(chunk.subarray(at, at + size));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  response.end();
}

/** Sends half of an answer, then does something else. */
async function half(answer: IncomingMessage, response: ServerResponse, then: () => void): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  response.flushHeaders();
  response.write(all.subarray(0, all.length >> 1), then);
}
