import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Span } from '../model/source.ts';
import type { Entry, ExceptionItem, RuleItem } from '../rules/items.ts';
import { quoted } from './edit-words.ts';
import type { EditDraft, EditKind } from './edit.ts';
import { mergedOrder, type ObjectChange } from './object-change.ts';
import type { Statements } from './statements.ts';

/** One exception that differs, or a value of one. */
interface Part {
  readonly kind: EditKind;
  readonly exception: ExceptionItem;
  /** The value, as text; undefined for an exception as a whole. */
  readonly value: string | undefined;
}

/** How the exceptions of a rule differ: one edit for each value, or for the whole exception where more than values differ. */
export function exceptionEdits(
  from: RuleItem,
  to: RuleItem,
  before: Statements,
  after: Statements,
): ObjectChange<ExceptionItem[]> {
  const old = byName(from.exceptions);
  const now = byName(to.exceptions);
  const names = mergedOrder([...old.keys()], [...now.keys()]);
  const parts = names.flatMap((name) => partsOf(old.get(name), now.get(name)));
  const places = new Map(parts.map(({ exception, value }, place) => [keyOf(exception, value), place]));
  const isTaken = (takes: (part: number) => boolean, exception: ExceptionItem, value?: string) => {
    const place = places.get(keyOf(exception, value));
    return place === undefined ? undefined : takes(place);
  };
  return {
    drafts: parts.map((part) => draftOf(to.name, part, isGone(part.kind) ? before : after)),
    mix(takes) {
      if (parts.every((_, place) => takes(place))) return to.exceptions;
      if (!parts.some((_, place) => takes(place))) return from.exceptions;
      return names.flatMap(
        (name) => mixException(old.get(name), now.get(name), (...of) => isTaken(takes, ...of)) ?? [],
      );
    },
  };
}

/** An exception in a mixture. `taken` tells whether an edit is made, undefined where there is no such edit. */
function mixException(
  old: ExceptionItem | undefined,
  now: ExceptionItem | undefined,
  taken: (exception: ExceptionItem, value?: string) => boolean | undefined,
): ExceptionItem | undefined {
  if (old === undefined) return taken(now as ExceptionItem) === true ? now : undefined;
  if (now === undefined) return taken(old) === true ? undefined : old;
  const whole = taken(now);
  if (whole !== undefined) return whole ? now : old;
  const kept = old.values.filter((value) => taken(old, entryText(value)) !== true);
  const known = new Set(old.values.map(entryText));
  const more = now.values.filter((value) => !known.has(entryText(value)) && taken(now, entryText(value)) === true);
  return { ...now, values: [...kept, ...more] };
}

function partsOf(old: ExceptionItem | undefined, now: ExceptionItem | undefined): Part[] {
  if (old === undefined) return [{ kind: 'exception added', exception: now as ExceptionItem, value: undefined }];
  if (now === undefined) return [{ kind: 'exception removed', exception: old, value: undefined }];
  if (shape(old) !== shape(now)) return [{ kind: 'exception changed', exception: now, value: undefined }];
  const before = new Set(old.values.map(entryText));
  const after = new Set(now.values.map(entryText));
  return [
    ...[...before]
      .filter((value) => !after.has(value))
      .map((value) => ({ kind: 'exception value removed' as const, exception: old, value })),
    ...[...after]
      .filter((value) => !before.has(value))
      .map((value) => ({ kind: 'exception value added' as const, exception: now, value })),
  ];
}

const ENDINGS: Partial<Record<EditKind, string>> = {
  'exception added': 'added',
  'exception removed': 'removed',
  'exception changed': 'changed',
  'exception value added': 'added',
  'exception value removed': 'taken away',
};

function draftOf(rule: ByteString, { kind, exception, value }: Part, said: Statements): EditDraft {
  const name = toUnicode(rule);
  const shown = toUnicode(value ?? `${shape(exception)}: ${exception.values.map(entryText).join(', ')}`);
  const span = value === undefined ? exception.context.span : (spanOfValue(exception, value) ?? exception.context.span);
  const what = value === undefined ? '' : ` ${quoted(shown)}`;
  const gone = isGone(kind);
  return {
    kind,
    subject: 'rule',
    name,
    text: `exception ${toUnicode(exception.name)} of ${name}:${what} ${ENDINGS[kind] ?? ''}`.replace(/: (\w+)$/, ' $1'),
    before: gone ? shown : undefined,
    after: gone ? undefined : shown,
    span,
    means: said.meansAt('rule', rule, span),
    revocable: true,
  };
}

function isGone(kind: EditKind): boolean {
  return kind === 'exception removed' || kind === 'exception value removed';
}

function keyOf({ name }: ExceptionItem, value: string | undefined): string {
  return value === undefined ? name : `${name}\n${value}`;
}

/** Exceptions by name; of several with one name each later one has its number behind it. */
function byName(exceptions: readonly ExceptionItem[]): Map<string, ExceptionItem> {
  const named = new Map<string, ExceptionItem>();
  for (const exception of exceptions) {
    let name = exception.name;
    for (let copy = 2; named.has(name); copy++) name = `${exception.name} ${copy}`;
    named.set(name, exception);
  }
  return named;
}

/** Fields and comparisons as one text. */
function shape({ fields, comparisons }: ExceptionItem): string {
  return `${entryText(fields)} ${entryText(comparisons)}`;
}

function entryText(entry: Entry): string {
  return entry.many ? `[${entry.entries.map(entryText).join(', ')}]` : entry.text;
}

function spanOfValue({ values }: ExceptionItem, text: string): Span | undefined {
  let entry = values.find((value) => entryText(value) === text);
  while (entry?.many === true) [entry] = entry.entries;
  const scalar = entry?.scalar;
  return scalar?.document.span(scalar.mark.offset, scalar.end);
}
