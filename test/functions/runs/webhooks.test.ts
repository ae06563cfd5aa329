import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodePost } from '../../../functions/node-post.ts';
import { deliver, type Message } from '../../../functions/runs/deliver.ts';
import { refusedUrl } from '../../../functions/runs/public-address.ts';
import { signatureOf, type Webhook } from '../../../functions/runs/webhook.ts';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const SECRET = 'a secret of sixteen';
const TO: Webhook = { url: 'https://hooks.example.com/secret-path', format: 'run', secret: SECRET };

async function* messages(count: number): AsyncGenerator<Message> {
  for (let n = 1; n <= count; n++) yield { id: `run.hook.${n}`, event: 'alert', body: `{"n":${n}}` };
}

describe('telling a webhook', () => {
  it.each<[string, (number | string)[], number, object]>([
    ['ends at once when it is taken', [204], 1, { state: 'delivered', messages: 1 }],
    ['tries again after 1 and 2 seconds', [503, 'ECONNRESET', 200], 1, { state: 'delivered', messages: 1 }],
    ['gives up after five times', [500, 500, 500, 500, 500, 200], 1, { state: 'failed', messages: 0 }],
    ['does not try again what the receiver does not want', [400, 200], 1, { state: 'failed', messages: 0 }],
    ['follows no redirect', [302, 200], 1, { state: 'failed', reason: 'the receiver answered 302' }],
    ['ends at the first message that is not taken', [200, 410, 200], 3, { state: 'failed', messages: 1 }],
  ])('%s', async (_, answers, count, expected) => {
    const waits: number[] = [];
    let at = 0;
    const post = async (): Promise<number> => {
      const answer = answers[at++] as number | string;
      if (typeof answer === 'string') throw new Error(answer);
      return answer;
    };
    const sent = await deliver(TO, messages(count), { post, now: () => NOW, wait: async (ms) => void waits.push(ms) });
    expect(sent).toMatchObject(expected);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000].slice(0, sent.tries.length - 1));
    expect(JSON.stringify(sent)).not.toMatch(/secret/);
  });

  it('signs each try anew, with the time', async () => {
    const signed: string[] = [];
    let now = NOW;
    const post = async (_: string, headers: Readonly<Record<string, string>>): Promise<number> => {
      signed.push(headers['x-creance-signature'] ?? '');
      now += 5_000;
      return signed.length === 1 ? 500 : 200;
    };
    await deliver(TO, messages(1), { post, now: () => now, wait: async () => {} });
    expect(signed).toEqual([signatureOf(SECRET, '{"n":1}', NOW), signatureOf(SECRET, '{"n":1}', NOW + 5_000)]);
    const mac = createHmac('sha256', SECRET)
      .update(`${NOW / 1_000}.{"n":1}`)
      .digest('hex');
    expect(signed[0]).toBe(`t=${NOW / 1_000},v1=${mac}`);
  });

  it('is checked by a receiver as the document shows', async () => {
    const readme = readFileSync(new URL('../../../functions/runs/README.md', import.meta.url), 'utf8');
    const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const module = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
    const { isFromCreance } = (await import(/* @vite-ignore */ module)) as {
      isFromCreance(header: string, body: string, secret: string, now: number): boolean;
    };
    const header = signatureOf(SECRET, '{}', NOW);
    expect(isFromCreance(header, '{}', SECRET, NOW)).toBe(true);
    expect(isFromCreance(header, '{ }', SECRET, NOW)).toBe(false);
    expect(isFromCreance(header, '{}', `${SECRET}!`, NOW)).toBe(false);
    expect(isFromCreance(header, '{}', SECRET, NOW + 10 * 60_000)).toBe(false);
    expect(isFromCreance('t=1', '{}', SECRET, NOW)).toBe(false);
  });
});

describe('the address of a webhook', () => {
  it.each([
    'https://hooks.example.com/a?b',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]:8443/',
    'https://1.1.1.1./',
  ])('may be %s', (url) => expect(refusedUrl(url, false)).toBeUndefined());

  it.each([
    'http://hooks.example.com/',
    'ftp://hooks.example.com/',
    'https://user:word@hooks.example.com/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://10.0.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://kubernetes.default.svc/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'no address',
  ])('may not be %s', (url) => expect(refusedUrl(url, false)).toBeDefined());

  it('may be in a private network where that is allowed, but have no name in it', () => {
    expect(refusedUrl('http://falcosidekick.falco.svc:2801/', true)).toBeUndefined();
    expect(refusedUrl('http://a:b@10.0.0.1/', true)).toBeDefined();
    expect(refusedUrl('file:///etc/passwd', true)).toBeDefined();
  });

  it('is looked at again when it is connected to: a public name may stand for a private address', async () => {
    const asked: string[] = [];
    const post = nodePost(false, (name, _, callback) => {
      asked.push(name);
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
    });
    await expect(post('https://hooks.example.com/', {}, '')).rejects.toThrow('the name stands for a private network');
    expect(asked).toEqual(['hooks.example.com']);
  });
});
