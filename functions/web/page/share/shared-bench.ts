import type { Origin } from '../playground/rule-files.ts';

/** What a link carries: everything that is needed to see what its sender saw. */
export interface SharedBench {
  readonly format: 1;
  /** The version of Creance that gave the result. */
  readonly engine: string;
  readonly files: readonly { readonly name: string; readonly origin: Origin; readonly text: string }[];
  readonly story: { readonly name: string; readonly text: string; readonly case?: string } | undefined;
  readonly matching: 'first' | 'all';
  /** The alerts that came, as `<event> <rule>`. */
  readonly expected: readonly string[];
  /** The event that was looked at. */
  readonly selected?: { readonly event: number; readonly rule?: string };
}

const MAX_FILES = 100;
const MAX_NAME = 255;
const MAX_EXPECTED = 5_000;

/** Reads what a link carries. It comes from anywhere, so each part is looked at; throws an error that is for people. */
export function readShared(text: string): SharedBench {
  const given = parsed(text);
  if (given['format'] !== 1) throw new Error('the link is of another version of Creance');
  const files = listOf(given['files'], MAX_FILES).map((file) => {
    const { name, origin, text: content } = objectOf(file);
    const place = textOf(origin, 16);
    if (place !== 'shipped' && place !== 'local' && place !== 'rules.d') throw damaged();
    return { name: textOf(name, MAX_NAME), origin: place, text: textOf(content, Infinity) } as const;
  });
  if (files.length === 0 || new Set(files.map(({ name }) => name)).size < files.length) throw damaged();
  const matching = given['matching'];
  if (matching !== 'first' && matching !== 'all') throw damaged();
  return {
    format: 1,
    engine: textOf(given['engine'], 64),
    files,
    story: given['story'] === undefined ? undefined : storyOf(objectOf(given['story'])),
    matching,
    expected: listOf(given['expected'], MAX_EXPECTED).map((one) => textOf(one, 1_000)),
    ...selectedOf(given['selected']),
  };
}

function storyOf(given: Readonly<Record<string, unknown>>): SharedBench['story'] {
  const story = { name: textOf(given['name'], MAX_NAME), text: textOf(given['text'], Infinity) };
  return given['case'] === undefined ? story : { ...story, case: textOf(given['case'], 4_000) };
}

function selectedOf(given: unknown): Pick<SharedBench, 'selected'> {
  if (given === undefined) return {};
  const { event, rule } = objectOf(given);
  if (!Number.isSafeInteger(event) || (event as number) < 0) throw damaged();
  const selected = { event: event as number };
  return { selected: rule === undefined ? selected : { ...selected, rule: textOf(rule, 1_000) } };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    throw damaged();
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged();
  return value as Readonly<Record<string, unknown>>;
}

function listOf(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw damaged();
  return value;
}

function textOf(value: unknown, most: number): string {
  if (typeof value !== 'string' || value.length > most) throw damaged();
  return value;
}

function damaged(): Error {
  return new Error('the link is damaged: it does not hold what a link holds');
}
