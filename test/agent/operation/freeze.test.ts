import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Operation } from '../../../agent/operation/operation.ts';
import { serveOperation } from '../../../agent/operation/server.ts';

describe('what an agent answers on an address', () => {
  it('does not freeze: whoever reaches the address could make it write', async () => {
    let frozen = 0;
    const operation = new Operation({ nameOf: String, now: () => 0 });
    const server = await serveOperation('127.0.0.1:0', operation, { freeze: () => frozen++ });
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/freeze?reason=no`, { method: 'POST' });
    await response.text();
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect([response.status >= 400, frozen, await health.text()]).toEqual([true, 0, 'ok\n']);
    server.closeAllConnections();
    server.close();
  });
});
