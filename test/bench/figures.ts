import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('figures.json', import.meta.url));
/** A figure that rose by more than this part is marked. */
const REGRESSION = 0.1;
/** Smaller figures than this, in yardsticks, vary by more than that between runs. */
const LEAST = 0.04;

/** Figures in yardsticks, by case and row. */
type Figures = Record<string, Record<string, number>>;

/** Compares figures with those that are committed. */
export class FigureComparison {
  readonly #committed: Figures = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Figures) : {};
  readonly #measured: Figures = {};
  readonly #slower: string[] = [];

  /** Takes a figure; says how it changed. */
  change(name: string, row: string, figure: number): string {
    (this.#measured[name] ??= {})[row] = Math.round(figure * 1_000) / 1_000;
    const before = this.#committed[name]?.[row];
    if (before === undefined || before <= 0) return 'new';
    const change = figure / before - 1;
    const text = `${change < 0 ? '' : '+'}${(100 * change).toFixed(0)} %`;
    if (change <= REGRESSION || Math.max(figure, before) < LEAST) return text;
    this.#slower.push(`${name}: ${row} ${before.toFixed(3)} -> ${figure.toFixed(3)} (${text})`);
    return `${text} SLOWER`;
  }

  /** What rose by more than a tenth, a line each. */
  get slower(): readonly string[] {
    return this.#slower;
  }

  /** Makes what was measured the figures to compare with. */
  save(): void {
    writeFileSync(FILE, `${JSON.stringify({ ...this.#committed, ...this.#measured }, undefined, 2)}\n`);
  }
}
