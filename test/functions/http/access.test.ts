import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../functions/http/access/access.ts';
import { LOCAL_ACCESS } from '../../../functions/http/access/local-access.ts';

const AT = 'http://127.0.0.1:8787/v1/traces';

describe('access without tokens', () => {
  it.each<[string, Record<string, string>]>([
    ['a program', {}],
    ['a program that calls it localhost', { host: 'localhost:8787' }],
    ['a program that uses IPv6', { host: '[::1]:8787' }],
    ['a page of its own', { origin: 'http://127.0.0.1:8787', 'sec-fetch-site': 'same-origin' }],
    ['an address typed by hand', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    [
      'a link on another page',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ],
  ])('admits %s', (_, headers) => {
    expect(() => LOCAL_ACCESS.guard(request(headers))).not.toThrow();
  });

  it.each<[string, string, Record<string, string>]>([
    ['a name that points here (DNS rebinding)', 'FOREIGN_HOST', { host: 'evil.example:8787' }],
    ['a name that begins like this machine', 'FOREIGN_HOST', { host: '127.0.0.1.evil.example' }],
    ['a name that ends like this machine', 'FOREIGN_HOST', { host: 'evil.localhost:8787' }],
    ['an address of the network', 'FOREIGN_HOST', { host: '192.0.2.1:8787' }],
    ['an empty host', 'FOREIGN_HOST', { host: '' }],
    ['a page elsewhere', 'FOREIGN_ORIGIN', { origin: 'https://evil.example' }],
    ['a page of another port of this machine', 'FOREIGN_ORIGIN', { origin: 'http://127.0.0.1:3000' }],
    ['a page without an origin of its own', 'FOREIGN_ORIGIN', { origin: 'null' }],
    ['an image of a page elsewhere', 'FOREIGN_ORIGIN', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    [
      'a frame of a page elsewhere',
      'FOREIGN_ORIGIN',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ],
  ])('refuses %s', (_, code, headers) => {
    expect(() => LOCAL_ACCESS.guard(request(headers))).toThrow(expect.objectContaining({ code }));
  });

  it('must be asked for: without a setting nobody comes in', async () => {
    const noStore = (): never => {
      throw new Error('the store is not asked');
    };
    for (const setting of [undefined, '', 'open']) {
      const admitted = accessOf(setting, () => 0).admit(request({}), noStore);
      await expect(admitted).rejects.toMatchObject({ code: 'ACCESS_NOT_CONFIGURED' });
    }
    expect(accessOf('local', () => 0)).toBe(LOCAL_ACCESS);
  });
});

function request(headers: Record<string, string>): Request {
  return new Request(AT, { headers: { host: '127.0.0.1:8787', ...headers } });
}
