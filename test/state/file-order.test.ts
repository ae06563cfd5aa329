import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileOrder } from '../../engine/state/file-order.ts';

/** A table as the C++ library keeps it: one list, and for each bucket where in the list it begins. */
class Table {
  list: number[] = [];
  buckets = 1;
  room = 0;

  add(fd: number): void {
    if (this.list.length + 1 > this.room) {
      const sizes = [13, 29, 59, 127, 257, 541, 1109, 2357, 5087];
      this.buckets = sizes.find((size) => size > this.buckets) as number;
      this.room = this.buckets;
      const old = this.list;
      this.list = [];
      for (const known of old) this.#insert(known);
    }
    this.#insert(fd);
  }

  remove(fd: number): void {
    this.list = this.list.filter((known) => known !== fd);
  }

  fork(): Table {
    const child = new Table();
    for (const fd of this.list) child.add(fd);
    return child;
  }

  #insert(fd: number): void {
    const bucket = BigInt.asUintN(64, BigInt(fd)) % BigInt(this.buckets);
    const at = this.list.findIndex((known) => BigInt.asUintN(64, BigInt(known)) % BigInt(this.buckets) === bucket);
    this.list.splice(Math.max(at, 0), 0, fd);
  }
}

interface Step {
  readonly kind: 'toggle' | 'fork' | 'many' | 'look';
  readonly fd: number;
  readonly table: number;
}

/** Files that come and go one by one or by the dozen, and processes that fork. */
function steps(fd: fc.Arbitrary<number>): fc.Arbitrary<Step[]> {
  const of = (kind: Step['kind'], weight: number) => ({
    weight,
    arbitrary: fc.record({ kind: fc.constant(kind), fd, table: fc.nat() }),
  });
  return fc.array(fc.oneof(of('toggle', 14), of('fork', 1), of('many', 1), of('look', 1)), {
    minLength: 30,
    maxLength: 200,
  });
}

function toggle([table, order]: readonly [Table, FileOrder], fd: number): void {
  if (table.list.includes(fd)) {
    table.remove(fd);
    order.remove(fd);
  } else {
    table.add(fd);
    order.add(fd);
  }
}

describe('the order of open files', () => {
  it.each([
    ['low numbers', fc.nat(12)],
    ['numbers that fit', fc.nat(28)],
    ['numbers that share buckets', fc.oneof(fc.nat(40), fc.constantFrom(0, 1, 13, 14, 26, 27, 29, 30, 58))],
    ['wild numbers', fc.oneof(fc.nat(12), fc.constantFrom(-24, -25, 100, 255, 1000, 1013))],
  ])('is that of the C++ library for %s, through growth, removal and forks', (_, fds) => {
    fc.assert(
      fc.property(steps(fds), (list) => {
        const tables: [Table, FileOrder][] = [[new Table(), new FileOrder()]];
        for (const { kind, fd, table } of list) {
          const pair = tables[table % tables.length] as [Table, FileOrder];
          if (kind === 'toggle') toggle(pair, fd);
          else if (kind === 'look') expect(pair[1].numbers()).toEqual(pair[0].list);
          else if (kind === 'fork') tables.push([pair[0].fork(), pair[1].fork()]);
          else for (let i = fd; i < fd + 12; i++) toggle(pair, i);
        }
        for (const [table, order] of tables) expect(order.numbers()).toEqual(table.list);
      }),
    );
  });

  it('stays the same over more forks and changes than are noted', () => {
    let table = new Table();
    let order = new FileOrder();
    for (let generation = 0; generation < 40; generation++) {
      for (let fd = 0; fd < 30; fd += 1 + (generation % 3)) {
        toggle([table, order], fd);
      }
      expect(order.numbers()).toEqual(table.list);
      if (generation % 2 === 0) [table, order] = [table.fork(), order.fork()];
    }
    expect(table.list.length).toBeGreaterThan(5);
  });

  it('remembers that files share a bucket which came while somebody looked', () => {
    const pair: [Table, FileOrder] = [new Table(), new FileOrder()];
    pair[1].numbers();
    for (let fd = 58; fd < 70; fd++) toggle(pair, fd);
    pair[1].fork();
    for (const fd of [0, 27, 0, 27, 0, 27]) toggle(pair, fd);
    expect(pair[1].numbers()).toEqual(pair[0].list);
  });

  it('turns round when a table grows', () => {
    const order = new FileOrder();
    for (let fd = 0; fd < 13; fd++) order.add(fd);
    expect(order.numbers()).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    order.add(13);
    expect(order.numbers()).toEqual([13, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});
