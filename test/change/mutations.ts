import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Source } from '../../engine/model/source.ts';
import { LIBRARY } from '../library.ts';

/** Rule files by name, in order. */
export type Files = ReadonlyMap<string, string>;

/** A change that somebody may make to our own rules. No two are about the same place, so any set of them can be made. */
export interface Mutation {
  readonly name: string;
  apply(files: Files): Files;
}

/** Our own starter rules. */
export function ownRules(): Files {
  const folder = join(LIBRARY, 'rules');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The files as the engine takes them. */
export function sourcesOf(files: Files): Source[] {
  return [...files].map(([name, text]) => new Source(name, text));
}

/** Changes to our own rules, each of which is one edit, of every kind that there is. */
export const MUTATIONS: readonly Mutation[] = [
  replace('take sh from the shells', 'items: [sh, dash, bash', 'items: [dash, bash'),
  replace('add curl to the package managers', 'items: [apt, apt-get', 'items: [curl, apt, apt-get'),
  replace('read more files', 'items: [/etc/shadow,', 'items: [/etc/ld.so.cache, /etc/shadow,'),
  replace('narrow a macro', '(container.id != host)', '(container.id != host and proc.name != bash)'),
  replace('drop a not', 'not proc.pname in (package_managers)', 'proc.pname in (package_managers)'),
  replace(
    'narrow a rule',
    'in_container and proc.name in (shells) and proc.pname',
    'in_container and proc.name in (shells) and proc.args != "-c id" and proc.pname',
  ),
  replace('change an output', 'Somebody opened a shell in a container (', 'A shell in a container ('),
  inRule('raise a priority', 'Secret file read by an unexpected program', 'priority: WARNING', 'priority: CRITICAL'),
  inRule('switch a rule off', 'Program run that the image does not hold', 'priority:', 'enabled: false\n  priority:'),
  inRule('rename a rule', 'Cloud metadata asked from a container', 'Cloud metadata asked', 'Metadata asked'),
  local(
    'append to a condition',
    '- rule: Privileged container started\n  condition: or (evt.type = execve and proc.name = id)\n  override: {condition: append}\n',
  ),
  local(
    'add an exception',
    '- rule: Configuration changed by an unexpected program\n  exceptions:\n    - {name: tools, fields: proc.name, values: [sh, bash, tee, cat, cp, python3]}\n  override: {exceptions: append}\n',
  ),
  local(
    'add a rule',
    '- rule: Any program\n  desc: d\n  condition: evt.type = execve and proc.name = curl\n  output: o %proc.cmdline\n  priority: DEBUG\n',
  ),
  local(
    'add a list and a macro that names it, used',
    '- list: odd_names\n  items: [cat]\n- macro: odd\n  condition: proc.name in (odd_names)\n- rule: Kernel module loaded from a container\n  condition: or (evt.type = execve and odd)\n  override: {condition: append}\n',
  ),
];

function replace(name: string, before: string, after: string): Mutation {
  return {
    name,
    apply: (files) => {
      let found = false;
      const changed = new Map(
        [...files].map(([file, text]) => {
          if (found || !text.includes(before)) return [file, text];
          found = true;
          return [file, text.replace(before, after)];
        }),
      );
      if (!found) throw new Error(`our own rules have no '${before}' to ${name}`);
      return changed;
    },
  };
}

function inRule(name: string, rule: string, before: string, after: string): Mutation {
  return {
    name,
    apply: (files) =>
      new Map(
        [...files].map(([file, text]) => {
          const items = text.split(/^(?=- )/m);
          const changed = items.map((item) =>
            item.startsWith(`- rule: ${rule}\n`) ? item.replace(before, after) : item,
          );
          return [file, changed.join('')];
        }),
      ),
  };
}

function local(name: string, text: string): Mutation {
  return { name, apply: (files) => new Map([...files, [`zz ${name}.yaml`, text]]) };
}

/** A change of order: a rule is moved before all others, so that it hides those that match with it. */
export function moveToFront(rule: string): Mutation {
  return {
    name: `move ${rule} to the front`,
    apply: (files) => {
      const items = [...files].flatMap(([file, text]) => text.split(/^(?=- )/m).map((item) => ({ file, item })));
      const moved = items.find(({ item }) => item.startsWith(`- rule: ${rule}\n`));
      if (moved === undefined) throw new Error(`our own rules have no rule '${rule}' to move`);
      // Alone in a file behind the first list and macros, but before any other rule: none of these comes before it.
      const parts = (keeps: (item: string) => boolean, from: typeof items) =>
        [...files.keys()].map((file): [string, string] => [
          file,
          from.flatMap((one) => (one.file === file && keeps(one.item) ? [one.item] : [])).join(''),
        ]);
      const others = items.filter((one) => one !== moved);
      const definitions = parts((item) => !item.startsWith('- rule: '), others).map(
        ([file, text]): [string, string] => [`0 ${file}`, text],
      );
      const rules = parts((item) => item.startsWith('- rule: '), others);
      const all: [string, string][] = [...definitions, ['1.yaml', moved.item], ...rules];
      return new Map(all.filter(([, text]) => text !== ''));
    },
  };
}
