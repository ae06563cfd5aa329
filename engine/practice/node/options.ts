/** What a command line says beside its plain words. */
export interface Options {
  has(...names: string[]): boolean;
  /** The value of the first of these that was given; the last where it was given often. */
  value(...names: string[]): string | undefined;
  values(...names: string[]): readonly string[];
  readonly words: readonly string[];
  /** What stands behind `--`. */
  readonly rest: readonly string[];
  /** The first option that is not known. */
  readonly unknown: string | undefined;
  /** An option whose value is missing. */
  readonly incomplete: string | undefined;
}

/**
 * Takes options apart as GNU's tools do: `-abc`, `-n 5`, `-n5`, `--name value`, `--name=value`, `--` ends them.
 *
 * @param flags names without a value, `a` or `long`
 * @param valued names with one
 */
export function readOptions(
  args: readonly string[],
  flags: readonly string[],
  valued: readonly string[] = [],
): Options {
  const reader = new OptionReader(new Set(flags), new Set(valued));
  return reader.read(args);
}

class OptionReader {
  readonly #flags: ReadonlySet<string>;
  readonly #valued: ReadonlySet<string>;
  readonly #given: { name: string; value: string }[] = [];
  readonly #words: string[] = [];
  #unknown: string | undefined;
  #incomplete: string | undefined;

  constructor(flags: ReadonlySet<string>, valued: ReadonlySet<string>) {
    this.#flags = flags;
    this.#valued = valued;
  }

  read(args: readonly string[]): Options {
    const end = args.indexOf('--');
    const open = [...(end === -1 ? args : args.slice(0, end))];
    while (open.length > 0) {
      const arg = open.shift() as string;
      if (arg.startsWith('--')) this.#long(arg.slice(2), open);
      else if (arg.startsWith('-') && arg.length > 1) this.#short(arg.slice(1), open);
      else this.#words.push(arg);
    }
    const given = this.#given;
    return {
      has: (...names) => given.some(({ name }) => names.includes(name)),
      value: (...names) => given.findLast(({ name }) => names.includes(name))?.value,
      values: (...names) => given.flatMap(({ name, value }) => (names.includes(name) ? [value] : [])),
      words: this.#words,
      rest: end === -1 ? [] : args.slice(end + 1),
      unknown: this.#unknown,
      incomplete: this.#incomplete,
    };
  }

  #long(written: string, open: string[]): void {
    const equals = written.indexOf('=');
    const name = equals === -1 ? written : written.slice(0, equals);
    if (this.#valued.has(name)) this.#take(name, equals === -1 ? open.shift() : written.slice(equals + 1));
    else if (this.#flags.has(name)) this.#given.push({ name, value: equals === -1 ? '' : written.slice(equals + 1) });
    else this.#unknown ??= `--${name}`;
  }

  #short(letters: string, open: string[]): void {
    for (let at = 0; at < letters.length; at++) {
      const name = letters[at] as string;
      if (this.#flags.has(name)) this.#given.push({ name, value: '' });
      else if (this.#valued.has(name)) {
        return this.#take(name, at + 1 < letters.length ? letters.slice(at + 1).replace(/^=/, '') : open.shift());
      } else return void (this.#unknown ??= `-${name}`);
    }
  }

  #take(name: string, value: string | undefined): void {
    if (value === undefined) this.#incomplete ??= name.length === 1 ? `-${name}` : `--${name}`;
    else this.#given.push({ name, value });
  }
}

/** What is wrong with the options; undefined where nothing is. */
export function optionProblem({ unknown, incomplete }: Options): string | undefined {
  if (unknown !== undefined) return `unknown option ${unknown}`;
  return incomplete === undefined ? undefined : `option ${incomplete} needs a value`;
}
