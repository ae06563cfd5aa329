import { describe, expect, it } from 'vitest';
import { attempt, explore } from './explore.ts';
import { minimise } from './minimise.ts';
import { Random } from './random.ts';

describe('exploring a faulty target', () => {
  it('finds what throws and what hangs, makes it small, and goes on', async () => {
    const { tried, findings } = await explore({ target: 'faulty', seed: 'a', count: 60, time: 50_000 });
    expect(findings.map(({ kind, input }) => `${kind} ${String(input)}`).sort()).toEqual(['crash throw', 'hang hang']);
    expect(findings.every(({ again }) => again)).toBe(true);
    expect(tried).toBe(60);
  });

  it('tells each input apart', async () => {
    const outcomes = await attempt('faulty', ['well', 'throw', 'hang', 'grow', 'well', 'buffer', 'well']);
    const kinds = outcomes.map((outcome) => outcome?.kind);
    expect(kinds).toEqual([undefined, 'crash', 'hang', 'memory', undefined, 'memory', undefined]);
  });
});

describe('minimise', () => {
  it('leaves what is needed, in text and in bytes', async () => {
    const needs = async (text: string) => text.includes('a') && text.includes('z');
    expect(await minimise('the quick brown fox jumps over a lazy dog', needs, () => true)).toBe('az');
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    expect(
      await minimise(
        bytes,
        async (some) => some.includes(200),
        () => true,
      ),
    ).toEqual(Uint8Array.of(200));
  });
});

describe('Random', () => {
  it('gives the same for the same seed', () => {
    const numbers = (seed: string) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.below(1_000));
    };
    expect(numbers('a')).toEqual(numbers('a'));
    expect(numbers('a')).not.toEqual(numbers('b'));
  });
});
