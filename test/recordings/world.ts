/**
 * The rest of the world, in a network of its own: who asks the container's server, and whoever the container calls. Takes
 * one request a line on its standard input, `{"url": ..., "headers": ...}`, and answers with a line.
 */
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer, get } from 'node:http';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** What somebody types into a shell that called him. */
const TYPED = 'id\npwd\nexit\n';
/** Files that can be fetched, by the end of their path. */
const FILES: Readonly<{ [name: string]: string }> = {
  'install.sh': '#!/bin/sh\nid\npwd\n',
  'robots.txt': 'User-agent: *\n',
};
/** Every name has this address. */
const ANSWER = [203, 0, 113, 9];
const WAIT_MS = 10_000;

createHttpServer((request, response) => {
  const name = (request.url ?? '').split('/').at(-1) ?? '';
  response.end(FILES[name] ?? 'nothing here\n');
}).listen(80, '0.0.0.0');
// A caller of this port is given commands.
createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', () => {});
  socket.write(TYPED);
}).listen(4444, '0.0.0.0');
for (const port of [22, 443, 2222, 3333, 6443, 8080, 30_080]) {
  createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.end());
    socket.setTimeout(1000, () => socket.destroy());
  }).listen(port, '0.0.0.0');
}
createSocket('udp4', () => {}).bind(9999, '0.0.0.0');
const names = createSocket('udp4', (query, from) => names.send(answerOf(query), from.port, from.address));
names.bind(53, '0.0.0.0', () => process.stdout.write('ready\n'));

/** An answer to a question of the name system: the address for type A, nothing for others. */
function answerOf(query: Buffer): Buffer {
  let end = 12;
  while ((query[end] ?? 0) !== 0) end += (query[end] as number) + 1;
  const question = query.subarray(12, end + 5);
  const isAddress = query.readUInt16BE(end + 1) === 1;
  const head = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, isAddress ? 1 : 0, 0, 0, 0, 0]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...ANSWER]);
  return Buffer.concat(isAddress ? [head, question, record] : [head, question]);
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { url, headers } = JSON.parse(line) as { url: string; headers: { [name: string]: string } };
    const answer = (text: string) => process.stdout.write(`${text}\n`);
    const request = get(url, { headers, agent: false, localAddress: '203.0.113.9' }, (response) => {
      response.resume();
      response.on('end', () => answer(String(response.statusCode)));
    });
    request.setTimeout(WAIT_MS, () => request.destroy(new Error('no answer')));
    request.on('error', ({ message }) => answer(message));
  })
  .on('close', () => process.exit(0));
