import { once } from 'node:events';
import { request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve as listen } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_CAPTURE_HELD_BYTES } from '../../../engine/model/limits.ts';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { FIRST_RULES } from '../../../functions/greeting.ts';
import { LOCAL_ACCESS } from '../../../functions/http/access/local-access.ts';
import { createApp } from '../../../functions/http/app.ts';

const STORY = `story: A shell
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx runs: sh -c id
`;
const BOUNDARY = 'creance-boundary';

describe('a capture that is still being sent', () => {
  let server: Server;
  beforeAll(async () => {
    const app = createApp({
      access: LOCAL_ACCESS,
      site: { file: async () => undefined },
      dispatch: async () => {},
      openStore: () => {
        throw new Error('the store is not asked');
      },
      now: () => 0,
    });
    server = listen({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }) as Server;
    if (!server.listening) await once(server, 'listening');
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('has its first alert answered before its end is sent', async () => {
    const { port } = server.address() as AddressInfo;
    const sending = request({
      port,
      host: '127.0.0.1',
      path: '/v1/detect',
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, accept: 'application/x-ndjson' },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    sending.write(part('rules', 'rules.yaml', FIRST_RULES));
    sending.write(`${part('trace', 'x.jsonl', '').slice(0, -2)}`);
    sending.write(lines());
    // More than is held to see whether the capture is a small one.
    sending.write(`${' '.repeat(1_000)}\n`.repeat(Math.ceil(MAX_CAPTURE_HELD_BYTES / 1_000) + 200));
    const [answer] = await answered;
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(first.toString()).toContain('"rule":"Shell Spawned in Container"');
    expect(sending.writableEnded).toBe(false);
    sending.end(`\r\n--${BOUNDARY}--\r\n`);
    let rest = '';
    for await (const chunk of answer as AsyncIterable<Buffer>) rest += chunk.toString();
    expect(rest).toContain('"alerts":1,');
  });
});

function part(name: string, file: string, text: string): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${file}"\r\n\r\n${text}\r\n`;
}

/** The events of the story, as lines. */
function lines(): Buffer {
  const chunks: Uint8Array[] = [];
  simulate(new Source('story', STORY), 'jsonl', (bytes) => void chunks.push(bytes));
  return Buffer.concat(chunks);
}
