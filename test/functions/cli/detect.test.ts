import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creance } from './terminal-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'creance-detect-'));
const file = (name: string): string => join(folder, name);
const STORIES = ['shell-spawned-in-nginx', 'intrusions/webshell-to-miner', 'log-wiping', 'crypto-miner'];
const RULES = ['-r', 'scenarios/rules'];
let traces: string[];

beforeAll(async () => {
  traces = [];
  for (const [at, story] of STORIES.entries()) {
    await creance(['simulate', `scenarios/${story}/scenario.yaml`, '-o', file(`${at}.scap`)]);
    traces.push(file(`${at}.scap`));
  }
  traces.push(`scenarios/${STORIES[0]}/scenario.yaml`);
  writeFileSync(
    file('cut.scap'),
    (await creance(['simulate', `scenarios/${STORIES[1]}/scenario.yaml`])).bytes.subarray(0, -7),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('creance detect over several traces', () => {
  it('runs each by itself, one after the other', async () => {
    const each = [];
    for (const trace of traces) each.push((await creance(['detect', ...RULES, '-t', trace])).out);
    const all = await creance(['detect', ...RULES, '-t', ...traces]);
    expect(all.code).toBe(0);
    expect(all.out).toBe(each.join(''));
    expect(all.out.length).toBeGreaterThan(500);
  });

  it.each(['2', '3'])('prints the same on %s threads', async (threads) => {
    const words = ['detect', ...RULES, '-t', ...traces, file('cut.scap'), traces[0] as string, '--json', '--summary'];
    const one = await creance(words);
    const several = await creance([...words, '--threads', threads]);
    expect(one.code).toBe(3);
    expect(several).toEqual(one);
  });

  it('ends at a trace that is not there, on one thread as on several', async () => {
    const words = ['detect', ...RULES, '-t', traces[0] as string, file('none.scap'), traces[1] as string];
    const one = await creance(words);
    const several = await creance([...words, '--threads', '2']);
    expect(one.code).toBe(3);
    expect([several.code, several.out, several.notes]).toEqual([one.code, one.out, one.notes]);
  });

  it('refuses what does not go together', async () => {
    const words = ['detect', ...RULES, '-t', ...traces, '--threads'];
    expect((await creance([...words, '0'])).notes).toContain('a number from 1 to 64');
    expect((await creance([...words, '2', '--profile'])).notes).toContain('one thread');
    expect((await creance([...words, '2', '-t', '-'])).notes).toContain('standard input');
  });
});

describe('creance detect --profile', () => {
  it('tells where the time went behind the alerts', async () => {
    const plain = await creance(['detect', ...RULES, '-t', traces[1] as string]);
    const { code, out } = await creance(['detect', ...RULES, '-t', traces[1] as string, '--profile']);
    expect(code).toBe(0);
    expect(out.startsWith(plain.out)).toBe(true);
    expect(out).toMatch(/deciding took .* decisions of \d+ conditions/);
    expect(out).toMatch(/time +share +alone +decided +rule/);
    expect(out).toMatch(/time +share +decided +held +rules +condition/);
  });

  it('tells machines all of it in one line', async () => {
    const { out } = await creance(['detect', ...RULES, '-t', traces[1] as string, '--profile', '--json']);
    const { profile } = JSON.parse(out.trimEnd().split('\n').at(-1) as string);
    expect(profile.rules[0]).toEqual({
      rule: expect.any(String),
      milliseconds: expect.any(Number),
      ownMilliseconds: expect.any(Number),
      decided: expect.any(Number),
    });
    expect(profile.conditions.length).toBeGreaterThan(50);
  });
});
