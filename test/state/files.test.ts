import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { File } from '../../engine/state/file.ts';
import { FileBudget, FileTable } from '../../engine/state/files.ts';

type Step =
  | { readonly act: 'open' | 'close' | 'change'; readonly process: number; readonly fd: number; readonly value: number }
  | { readonly act: 'fork'; readonly process: number }
  | { readonly act: 'exit'; readonly process: number };

const fd = fc.constantFrom(0, 1, 2, 5, 1023, 1024, 70_000, -9);
const process = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constantFrom('open' as const, 'close' as const, 'change' as const),
    process,
    fd,
    value: fc.nat(99),
  }),
  fc.record({ act: fc.constant('fork' as const), process }),
  fc.record({ act: fc.constant('exit' as const), process }),
);

describe('tables of open files', () => {
  it('of forked processes share what none of them changed, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = new FileBudget();
        const tables = [{ table: new FileTable(budget), model: new Map<number, number>() }];
        for (const each of steps) {
          const at = each.process % tables.length;
          const { table, model } = tables[at]!;
          if (each.act === 'fork') tables.push({ table: table.fork(), model: new Map(model) });
          else if (each.act === 'exit') {
            if (tables.length > 1) tables.splice(at, 1)[0]!.table.release();
          } else if (each.act === 'close') {
            table.delete(each.fd);
            model.delete(each.fd);
          } else if (each.act === 'open') {
            const file = new File(each.fd, 'file');
            file.device = each.value;
            table.set(each.fd, file);
            model.set(each.fd, each.value);
          } else {
            const file = table.own(each.fd);
            if (file !== undefined) file.device = each.value;
            if (model.has(each.fd)) model.set(each.fd, each.value);
          }
          for (const { table: shown, model: expected } of tables) {
            expect(shown.size).toBe(expected.size);
            const found = Array.from(shown.values(), (file): [number, number] => [file.fd, file.device]);
            expect(new Map(found)).toEqual(expected);
          }
        }
        for (const { table } of tables) table.release();
        expect(budget.held).toBe(0);
      }),
    );
  });

  it('hold 4096 files and no more', () => {
    const table = new FileTable();
    for (let i = 0; i < 5000; i++) table.set(i, new File(i, 'file'));
    expect(table.size).toBe(4096);
    expect(table.set(4095, new File(4095, 'fifo'))).toBe(true);
    expect(table.set(5000, new File(5000, 'file'))).toBe(false);
  });
});
