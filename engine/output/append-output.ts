import { FIELD_ROWS } from '../fields/field-table.ts';
import { STATIC_PREFIX } from '../fields/static-fields.ts';
import type { AlertRule } from '../model/alert.ts';

/** One entry of `append_output`: what is added to the outputs of the rules that it matches. */
export interface OutputAppend {
  /** Source, exact name and tags a rule must have, all of them; what is absent or empty matches any rule. */
  readonly match?: { readonly source?: string; readonly rule?: string; readonly tags?: readonly string[] };
  /** Text added after a blank. */
  readonly extraOutput?: string;
  /** Fields that only JSON shows. */
  readonly extraFields?: readonly ExtraFieldEntry[];
  /** Adds `foo_bar=%foo.bar` for every field that a plugin suggests. */
  readonly suggestedOutput?: boolean;
}

/** A field by its name, shown with its type, or a name with the text to show under it. */
export type ExtraFieldEntry = { readonly field: string } | { readonly name: string; readonly format: string };

/** An extra field of one rule, still as text. */
export interface ExtraFieldText {
  readonly key: string;
  readonly format: string;
  /** True to show the value of the one field with its type, false for the format's text. */
  readonly raw: boolean;
}

/** What Falco's own configuration appends. */
export const DEFAULT_APPEND_OUTPUT: readonly OutputAppend[] = [{ suggestedOutput: true }];

/** Sources of rules that plugins suggest fields for. */
const SUGGESTED_SOURCES: ReadonlySet<string> = new Set(['syscall']);

const SUGGESTED = FIELD_ROWS.filter((row) => row.suggested).map(({ name }) => suggestion(name));

/**
 * The texts that are added to a rule's output, in order, each after a blank.
 *
 * @param statics names of static fields, which Falco suggests before those of plugins, in the order of their names
 */
export function extraOutputs(
  rule: AlertRule,
  appends: readonly OutputAppend[],
  statics: readonly string[] = [],
): readonly string[] {
  const suggested = [...statics].toSorted().map((name) => suggestion(`${STATIC_PREFIX}${name}`));
  const texts: string[] = [];
  for (const append of appends) {
    if (!matches(rule, append)) continue;
    if (append.extraOutput !== undefined && append.extraOutput !== '') texts.push(append.extraOutput);
    if (append.suggestedOutput === true && SUGGESTED_SOURCES.has(rule.source)) texts.push(...suggested, ...SUGGESTED);
  }
  return texts;
}

function suggestion(name: string): string {
  return `${name.replaceAll('.', '_')}=%${name}`;
}

/** A rule's output with all that is added to it. */
export function appendedOutput(output: string, rule: AlertRule, appends: readonly OutputAppend[]): string {
  return [output, ...extraOutputs(rule, appends)].join(' ');
}

/** The fields beside a rule's output. Of several with one key the last counts; raw ones come after the others of their entry. */
export function extraFields(rule: AlertRule, appends: readonly OutputAppend[]): readonly ExtraFieldText[] {
  const byKey = new Map<string, ExtraFieldText>();
  for (const append of appends) {
    if (!matches(rule, append)) continue;
    const texts = (append.extraFields ?? []).map(extraFieldText);
    for (const text of [...texts.filter(({ raw }) => !raw), ...texts.filter(({ raw }) => raw)])
      byKey.set(text.key, text);
  }
  return [...byKey.values()];
}

function extraFieldText(entry: ExtraFieldEntry): ExtraFieldText {
  if ('field' in entry) return { key: entry.field, format: `%${entry.field}`, raw: true };
  return { key: entry.name, format: entry.format, raw: false };
}

function matches(rule: AlertRule, { match }: OutputAppend): boolean {
  if (match === undefined) return true;
  if (match.source !== undefined && match.source !== '' && match.source !== rule.source) return false;
  if (match.rule !== undefined && match.rule !== '' && match.rule !== rule.name) return false;
  return (match.tags ?? []).every((tag) => rule.tags.includes(tag));
}
