/** Labels of a series, in the order in which they are written; values are words of ours, never text of a request. */
export type Labels = Readonly<Record<string, string | number>>;

/** What counts by labels: a family of series under one name, in the text format of Prometheus. */
export class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #counts = new Map<string, number>();

  /** @param name ends with `_total` */
  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  add(labels: Labels, count = 1): void {
    const text = textOf(labels);
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + count);
  }

  /** Its lines; none while nothing was counted. */
  lines(): readonly string[] {
    const series = [...this.#counts].map(([labels, count]) => `${this.#name}{${labels}} ${count}`);
    return series.length === 0 ? [] : [...headOf(this.#name, this.#help, 'counter'), ...series];
  }
}

/** Counts of one series of a histogram. */
interface Series {
  readonly buckets: number[];
  count: number;
  seconds: number;
}

/** What measures durations by labels. */
export class Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, Series>();

  /** @param bounds upper bounds of the buckets, in seconds, growing */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
  }

  add(labels: Labels, seconds: number): void {
    const text = textOf(labels);
    let series = this.#series.get(text);
    if (series === undefined) {
      series = { buckets: this.#bounds.map(() => 0), count: 0, seconds: 0 };
      this.#series.set(text, series);
    }
    const { buckets } = series;
    series.count++;
    series.seconds += seconds;
    this.#bounds.forEach((bound, i) => {
      if (seconds <= bound) buckets[i] = (buckets[i] as number) + 1;
    });
  }

  /** Its lines; none while nothing was measured. */
  lines(): readonly string[] {
    const name = this.#name;
    const series = [...this.#series].flatMap(([labels, { buckets, count, seconds }]) => [
      ...this.#bounds.map((bound, i) => `${name}_bucket{${labels},le="${bound}"} ${buckets[i] as number}`),
      `${name}_bucket{${labels},le="+Inf"} ${count}`,
      `${name}_sum{${labels}} ${seconds}`,
      `${name}_count{${labels}} ${count}`,
    ]);
    return series.length === 0 ? [] : [...headOf(name, this.#help, 'histogram'), ...series];
  }
}

/** A value that is looked at when it is asked for. */
export function gaugeLines(name: string, help: string, value: number, labels: Labels = {}): readonly string[] {
  const text = textOf(labels);
  return [...headOf(name, help, 'gauge'), `${name}${text === '' ? '' : `{${text}}`} ${value}`];
}

function headOf(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function textOf(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
}
