import type { Node } from '../../document/node.ts';
import type { NodeReader } from '../../document/reading.ts';
import { toUnicode, type ByteString } from '../../model/byte-string.ts';
import { MAX_PATH_BYTES } from '../../model/limits.ts';
import { nearest } from '../../model/nearest.ts';
import type { JsonSchema, Kind } from './kind.ts';

/** Names that a story gives to processes, containers and open files. */
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
/** Scalars may be written without quotes, which makes numbers and truth values of them in an editor's eyes. */
const SCALAR: readonly string[] = ['string', 'number', 'boolean'];

/** Any text. */
export const text: Kind<ByteString> = {
  schema: { type: SCALAR },
  read: (reader, node, what) => reader.text(node, what),
};

/** A text for people: a title, a rule's name. Given as ordinary text, not bytes. */
export const prose: Kind<string> = {
  schema: { type: SCALAR },
  read: (reader, node, what) => {
    const value = reader.text(node, what);
    return value === undefined ? undefined : toUnicode(value).trim();
  },
};

/** True or false. */
export const flag: Kind<boolean> = {
  schema: { enum: [true, false, 'yes', 'no', 'on', 'off'] },
  read: (reader, node, what) => reader.boolean(node, what),
};

/** A name that the story gives to something. */
export const name: Kind<ByteString> = pattern(NAME, 'a name: letters, digits, _ . and -, beginning with a letter', {
  type: 'string',
  pattern: NAME.source,
});

/** A path, absolute or relative to the working directory. */
export const path: Kind<ByteString> = {
  schema: { type: 'string', minLength: 1 },
  read: (reader, node, what) => {
    const value = reader.text(node, what);
    if (value === undefined) return undefined;
    if (value.length === 0 || value.includes('\0')) return refuse(reader, node, `${what} must be a path`);
    if (value.length < MAX_PATH_BYTES) return value;
    return refuse(reader, node, `${what} is a path of ${value.length} bytes; Linux takes at most ${MAX_PATH_BYTES}`);
  },
};

/** Permissions in octal, as chmod takes them: 755, 0644, 4755. */
export const mode: Kind<number> = {
  schema: { type: ['string', 'integer'], pattern: '^(0o?)?[0-7]{1,4}$' },
  read: (reader, node, what) => {
    const value = reader.text(node, what);
    if (value === undefined) return undefined;
    if (/^(0o?)?[0-7]{1,4}$/.test(value)) return Number.parseInt(value.replace('0o', ''), 8);
    return refuse(reader, node, `${what} must be permissions in octal, not '${toUnicode(value)}'`, 'for instance 0755');
  },
};

/** A whole number within bounds. */
export function integer(least: number, most: number): Kind<number> {
  return {
    schema: { type: 'integer', minimum: least, maximum: most },
    read: (reader, node, what) => {
      const value = reader.integer(node, what, least, most);
      return value === undefined ? undefined : Number(value);
    },
  };
}

/** One of a few words. */
export function choice<Word extends string>(...words: readonly Word[]): Kind<Word> {
  return { schema: { enum: words }, read: (reader, node, what) => reader.choice(node, what, words) };
}

/** A text of one form. `meaning` ends the sentence "must be". */
export function pattern(form: RegExp, meaning: string, schema: JsonSchema): Kind<ByteString> {
  return {
    schema,
    read: (reader, node, what) => {
      const value = reader.text(node, what);
      if (value === undefined || form.test(value)) return value;
      return refuse(reader, node, `${what} must be ${meaning}, not '${toUnicode(value)}'`);
    },
  };
}

/** A word that stands for a number in a table: an errno, a flag, a signal. `noun` names what it is. */
export function word(noun: string, table: Readonly<Record<string, number>>): Kind<number> {
  const names = Object.keys(table);
  return {
    schema: { enum: names },
    read: (reader, node, what) => {
      const value = reader.text(node, what);
      if (value === undefined) return undefined;
      const number = Object.hasOwn(table, value) ? table[value] : undefined;
      if (number !== undefined) return number;
      const near = nearest(value, names);
      const hint = near === undefined ? `for instance ${names.slice(0, 4).join(', ')}` : `did you mean '${near}'?`;
      return refuse(reader, node, `${what} can't be '${toUnicode(value)}': there is no such ${noun}`, hint);
    },
  };
}

/** Says that a value can't be what it is. */
export function refuse(reader: NodeReader, node: Node, message: string, hint?: string): undefined {
  return reader.fail('SCENARIO_VALUE', node, message, hint);
}
