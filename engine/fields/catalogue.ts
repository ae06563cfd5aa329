import { CONTAINER } from './container.ts';
import { EVT } from './evt.ts';
import { specialEvt } from './evt/special.ts';
import { FD } from './fd.ts';
import { FDLIST } from './fdlist.ts';
import { FIELD_ROWS } from './field-table.ts';
import type { Family, Field, FieldFinder, FieldProblem, FieldRow, Reading } from './field.ts';
import { FS_PATH } from './fs-path.ts';
import { GROUP } from './group.ts';
import { K8S } from './k8s.ts';
import { K8SMETA } from './k8smeta.ts';
import { PROC } from './proc.ts';
import { nonexistent, syntaxProblem } from './reading.ts';
import { THREAD } from './thread.ts';
import { USER } from './user.ts';
import { UTIL } from './read-counter.ts';

const FAMILIES: Family = {
  ...EVT,
  ...PROC,
  ...THREAD,
  ...USER,
  ...GROUP,
  ...FD,
  ...FS_PATH,
  ...UTIL,
  ...FDLIST,
  ...CONTAINER,
  ...K8S,
  ...K8SMETA,
};
const READINGS = new Map(Object.entries(FAMILIES));
const ROWS = new Map(FIELD_ROWS.map((row) => [row.name, row]));

/** Rows whose names go on after a dot; `specialEvt` reads them. */
const SPECIAL: ReadonlySet<string> = new Set(['evt.arg', 'evt.rawarg', 'evt.around', 'evt.abspath', 'evt.type.is']);
/** Classes of fields that plugins add. Their arguments follow rules of their own. */
const PLUGIN_CLASSES: ReadonlySet<string> = new Set(['container', 'k8smeta']);

/**
 * The field of a name and its argument (what is in the brackets, without quotes), or why there is none. Falco looks a
 * field up by the longest name that the text begins with and then demands that nothing is left over.
 */
export function findField(name: string, argument: string | undefined): Field | FieldProblem {
  const text = argument === undefined ? name : `${name}[${argument}]`;
  const special = specialEvt(text) ?? cgroup(text);
  if (special !== undefined) {
    if ('problem' in special) return special;
    if (special.length !== text.length) return nonexistent(text, undefined);
    return named(ROWS.get(special.row) as FieldRow, text, special.reading);
  }
  // Falco takes any name that begins so for a field that it never came to have.
  if (text.startsWith('arg')) return syntaxProblem('filter error: proc.arg filter not implemented yet');
  const row = ROWS.get(name);
  if (row === undefined) return missingField(name, text);
  return isOfPlugin(row) ? pluginField(row, argument, text) : coreField(row, argument, text);
}

/** Longer names are no fields. */
const MAX_NAME_CHARS = 256;
/** Beginnings of the fields that have no row of their own. */
const OPEN_NAMES = ['evt.arg.', 'evt.rawarg.', 'evt.type.is.', 'evt.abspath.', 'thread.cgroup.'];

/** How many characters the longest field takes that a text has at an offset, leaving its argument out; 0 when it has none. */
export function longestField(text: string, start = 0, find: FieldFinder = findField): number {
  FIELD_NAME.lastIndex = start;
  const name = FIELD_NAME.exec(text)?.[0].slice(0, MAX_NAME_CHARS) ?? '';
  const isOpen = OPEN_NAMES.some((beginning) => name.startsWith(beginning));
  for (let length = name.length; length > 0; length--) {
    const prefix = name.slice(0, length);
    if (!isOpen && !ROWS.has(prefix) && !prefix.startsWith('static.')) continue;
    if (!('problem' in find(prefix, undefined))) return length;
  }
  return 0;
}

const FIELD_NAME = /[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z][a-zA-Z0-9_]*)+/y;

/** True for a class of fields that a plugin adds to Falco. */
export function isOfPlugin(row: FieldRow): boolean {
  return PLUGIN_CLASSES.has(row.fieldClass);
}

/** True when some trace of syscalls can answer the field. */
export function isDecidable(row: FieldRow): boolean {
  return row.fieldClass !== 'k8smeta' && (SPECIAL.has(row.name) || READINGS.has(row.name));
}

/** `thread.cgroup.SUBSYSTEM`, whose subsystem is letters and underscores. */
function cgroup(text: string): { row: string; length: number; reading: Reading } | FieldProblem | undefined {
  const row = 'thread.cgroup';
  if (!text.startsWith(row) || text.startsWith('thread.cgroups')) return undefined;
  const subsystem = /^\.([A-Za-z_]*)/.exec(text.slice(row.length))?.[1];
  if (subsystem === undefined) return syntaxProblem(`filter syntax error: ${text}`);
  const reading = read(row, subsystem);
  return 'problem' in reading ? reading : { row, length: row.length + 1 + subsystem.length, reading };
}

function coreField(row: FieldRow, argument: string | undefined, text: string): Field | FieldProblem {
  if (argument !== undefined && (row.argument === 'none' || argument.includes(']')))
    return nonexistent(text, undefined);
  return named(row, text, read(row.name, argument));
}

/** Falco reads a plugin's field no further than to a blank, and its argument to the first closing bracket. */
function pluginField(row: FieldRow, argument: string | undefined, text: string): Field | FieldProblem {
  const { name } = row;
  if (argument === undefined)
    return row.argument === 'required' ? missingArgument(name, text) : named(row, text, read(name, argument));
  const [seen] = text.split(' ', 1) as [string];
  if (seen !== text) {
    const fault = seen === `${name}[` ? 'terminates with incomplete' : 'has unbalanced';
    return syntaxProblem(`filter '${seen}': ${name} ${fault} argument brackets`);
  }
  const [closed] = argument.split(']', 1) as [string];
  if (row.argument === 'none') {
    return syntaxProblem(
      `filter '${text}': ${name} does not allow nor require an argument but one is provided: ${closed}`,
    );
  }
  const reading = read(name, closed);
  return closed === argument || 'problem' in reading ? named(row, text, reading) : nonexistent(text, undefined);
}

/** A name that is no field; but a plugin's field that needs an argument is missed even in a longer name. */
function missingField(name: string, text: string): FieldProblem {
  const prefix = text === name ? longestPluginPrefix(name) : undefined;
  return prefix?.argument === 'required' ? missingArgument(prefix.name, text) : nonexistent(text, undefined);
}

function longestPluginPrefix(name: string): FieldRow | undefined {
  let longest: FieldRow | undefined;
  for (const row of FIELD_ROWS) {
    if (!isOfPlugin(row) || !name.startsWith(row.name)) continue;
    if (longest === undefined || row.name.length > longest.name.length) longest = row;
  }
  return longest;
}

function missingArgument(name: string, text: string): FieldProblem {
  return syntaxProblem(`filter '${text}': ${name} requires an argument but none provided`);
}

function read(name: string, argument: string | undefined): Reading | FieldProblem {
  const entry = READINGS.get(name);
  if (entry === undefined) return nonexistent(name, argument);
  if (typeof entry === 'function') return entry(argument);
  return argument === undefined ? entry : nonexistent(name, argument);
}

function named(row: FieldRow, name: string, reading: Reading | FieldProblem): Field | FieldProblem {
  if ('problem' in reading) return reading;
  return { ...reading, name, row, type: reading.type ?? row.type, print: reading.print ?? row.print, list: row.list };
}
