import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_TRACES_SCANNED } from '../../engine/model/limits.ts';
import { Catalogue, placeOf, type CatalogueEntry, type CatalogueQuery } from '../../functions/store/catalogue.ts';
import { KEYS } from '../../functions/store/keys.ts';
import { MemoryStore } from './memory-store.ts';

const COUNT = 1_000;
const DAYS = 4;
const HOUR = 3_600_000;
const BEGIN = Date.parse('2026-01-05T00:00:00Z');
/** Long after the last of them: all days are over. */
const NOW = BEGIN + 30 * 24 * HOUR;

describe('the catalogue of a thousand traces', () => {
  const objects = new MemoryStore();
  const catalogue = new Catalogue(objects, 'acme');
  const all = Array.from({ length: COUNT }, (_, n) => entry(n));
  const ids = all.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)).map(({ id }) => id);

  beforeAll(async () => {
    for (const one of all) await objects.create(keyOf(one), JSON.stringify(one));
  });

  async function pages(query: Partial<CatalogueQuery>): Promise<{ ids: string[]; sizes: number[] }> {
    const found: string[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined; ;) {
      const asked = { order: 'newest', limit: 100, matches: () => true, ...query, after } as const;
      const { entries, next } = await catalogue.page(asked, NOW);
      found.push(...entries.map(({ id }) => id));
      sizes.push(entries.length);
      if (next === undefined) return { ids: found, sizes };
      after = next;
    }
  }

  it('lists each once, in either order', async () => {
    expect((await pages({ order: 'oldest' })).ids).toEqual(ids);
    const newest = await pages({ order: 'newest', limit: 70 });
    expect(newest.ids).toEqual(ids.toReversed());
    expect(Math.max(...newest.sizes)).toBe(70);
  });

  it('finds the few that fit with a read for each hundred', async () => {
    const matches = ({ labels }: CatalogueEntry): boolean => labels['n'] === '7' || labels['n'] === '801';
    await pages({ matches });
    objects.reads = 0;
    objects.lists = 0;
    expect((await pages({ matches })).ids).toHaveLength(2);
    expect(objects.reads).toBeLessThanOrEqual(COUNT / 100 + DAYS);
    expect(objects.lists).toBe(DAYS);
  });

  it('goes on where a page ended, whatever came and went meanwhile', async () => {
    const asked = { order: 'newest', limit: 10, matches: () => true } as const;
    const first = await catalogue.page(asked, NOW);
    const newer = entry(COUNT + 5);
    await catalogue.add(newer);
    await catalogue.remove(first.entries[9] as CatalogueEntry);
    const second = await catalogue.page({ ...asked, after: first.next }, NOW);
    expect(second.entries.map(({ id }) => id)).toEqual(ids.toReversed().slice(10, 20));
    await catalogue.remove(newer);
    await catalogue.add(first.entries[9] as CatalogueEntry);
  });

  it('shows a change at once, and takes two at a time for two', async () => {
    const trace = entry(500);
    const labelled = (key: string) => (current: CatalogueEntry) => ({
      ...current,
      labels: { ...current.labels, [key]: 'x' },
    });
    await pages({});
    await Promise.all(['a', 'b', 'c'].map(async (key) => catalogue.change(trace, labelled(key))));
    const matches = ({ labels }: CatalogueEntry): boolean => ['a', 'b', 'c'].every((key) => labels[key] === 'x');
    expect((await pages({ matches })).ids).toEqual([trace.id]);
  });

  it('looks at so many entries in one request, and tells where to go on', async () => {
    const many = new MemoryStore();
    const last = entry(MAX_TRACES_SCANNED);
    const times = Array.from({ length: MAX_TRACES_SCANNED }, (_, n) => ({
      ...entry(n),
      createdAt: new Date(BEGIN).toISOString(),
    }));
    for (const one of [...times, { ...last, createdAt: new Date(NOW - HOUR).toISOString() }]) {
      await many.create(keyOf(one), JSON.stringify(one));
    }
    const asked = { order: 'oldest', limit: 10, matches: ({ name }: CatalogueEntry) => name === last.name } as const;
    const first = await new Catalogue(many, 'acme').page(asked, NOW);
    expect(first).toMatchObject({ entries: [], next: expect.any(String) });
    const second = await new Catalogue(many, 'acme').page({ ...asked, after: first.next }, NOW);
    expect(second).toMatchObject({ entries: [{ id: last.id }], next: undefined });
  });

  it('has nothing of another tenant', async () => {
    expect(await new Catalogue(objects, 'acm').page({ order: 'newest', limit: 9, matches: () => true }, NOW)).toEqual({
      entries: [],
      next: undefined,
    });
  });
});

/** Where the first version of an entry lies. */
function keyOf(one: CatalogueEntry): string {
  const place = placeOf(one);
  return `${KEYS.catalogueEntry('acme', one.createdAt.slice(0, 10), place)}${'1'.padStart(20, '0')}.json`;
}

function entry(n: number): CatalogueEntry {
  return {
    format: 1,
    // Not in the order of time.
    id: String((n * 7_919) % 100_003).padStart(32, '0'),
    name: `trace ${n}`,
    sha256: '0'.repeat(64),
    size: 1,
    encoding: 'scap',
    createdAt: new Date(BEGIN + Math.floor((n * DAYS * 24 * HOUR) / COUNT)).toISOString(),
    labels: { n: String(n) },
    state: 'pending',
  };
}
