import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';

describe('x', () => {
  it('y', async () => {
    const r = await exports.default.fetch(new Request('http://127.0.0.1:8787/v1/traces'));
    expect(await r.text()).toBe('');
  });
});
