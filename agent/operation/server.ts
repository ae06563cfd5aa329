import { chmodSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Operation } from './operation.ts';

/** A request that says more than this about why is cut. */
const MAX_REASON = 500;

/** What can be asked for besides how it is. */
export interface OperationDuties {
  /** Freezes what the flight recorder has; undefined where there is none. */
  readonly freeze: ((reason: string) => void) | undefined;
}

/**
 * Answers on a unix socket (`unix:/run/creance.sock`, for its owner alone) or on a local address (`127.0.0.1:9464`):
 * `GET /healthz`, `/readyz`, `/metrics`, and on the socket `POST /freeze?reason=...`.
 */
export function serveOperation(where: string, operation: Operation, { freeze }: OperationDuties): Promise<Server> {
  const isSocket = where.startsWith('unix:');
  const server = createServer({ requestTimeout: 5000 }, (request, response) => {
    request.resume();
    answer(request, response, operation, isSocket ? freeze : undefined);
  });
  server.maxConnections = 16;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    if (!isSocket) {
      const colon = where.lastIndexOf(':');
      server.listen(Number(where.slice(colon + 1)), where.slice(0, colon), () => resolve(server));
      return;
    }
    const path = where.slice('unix:'.length);
    removeSocket(path);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
}

function answer(
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
  operation: Operation,
  freeze: OperationDuties['freeze'],
): void {
  const { pathname, searchParams } = new URL(url, 'http://local');
  if (pathname === '/freeze' && method === 'POST') {
    if (freeze === undefined) return say(response, 403, 'only on a unix socket, and with --flight-recorder\n');
    freeze((searchParams.get('reason') ?? '').slice(0, MAX_REASON));
    return say(response, 202, 'frozen\n');
  }
  if (method !== 'GET') return say(response, 405, 'GET\n');
  if (pathname === '/healthz') return say(response, 200, 'ok\n');
  if (pathname === '/metrics') return say(response, 200, operation.metrics());
  if (pathname !== '/readyz') return say(response, 404, '/healthz, /readyz, /metrics\n');
  const trouble = operation.trouble();
  say(response, trouble === undefined ? 200 : 503, `${trouble ?? 'ok'}\n`);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
}

/** A socket that was left behind; anything else of that name stays, and is an error. */
function removeSocket(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isSocket() === true) rmSync(path);
}
