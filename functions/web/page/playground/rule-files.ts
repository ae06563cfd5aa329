import { computed, signal } from '@preact/signals';
import type { RuleFile } from '../judge/protocol.ts';
import { FIRST_LOCAL } from './first-rules.ts';

/** Where Falco looks for a file: in this order, and by name among those in `rules.d`. */
export type Origin = 'shipped' | 'local' | 'rules.d';

/** A rule file that is open. */
export interface OpenFile extends RuleFile {
  readonly origin: Origin;
}

const ORDER: readonly Origin[] = ['shipped', 'local', 'rules.d'];

/** The rule files in the order in which they are loaded. */
export const ruleFiles = signal<readonly OpenFile[]>([
  { name: 'starter_rules.yaml', origin: 'shipped', text: '' },
  { name: 'local_rules.yaml', origin: 'local', text: FIRST_LOCAL },
]);

/** Name of the file that is shown in the editor. */
export const shownFile = signal('local_rules.yaml');

/** The file that is shown. */
export const openFile = computed(
  () => ruleFiles.value.find(({ name }) => name === shownFile.value) ?? (ruleFiles.value[0] as OpenFile),
);

/** Takes a new text of a file. */
export function editFile(name: string, text: string): void {
  ruleFiles.value = ruleFiles.value.map((file) =>
    file.name === name && file.text !== text ? { ...file, text } : file,
  );
}

/** Adds a file, or takes its place when there is one of that name, and shows it. */
export function addFile(file: OpenFile): void {
  ruleFiles.value = inOrder([...ruleFiles.value.filter(({ name }) => name !== file.name), file]);
  shownFile.value = file.name;
}

/** Closes a file. The last one stays. */
export function closeFile(name: string): void {
  const rest = ruleFiles.value.filter((file) => file.name !== name);
  if (rest.length === 0) return;
  ruleFiles.value = rest;
  if (shownFile.value === name) shownFile.value = (rest.at(-1) as OpenFile).name;
}

/** A new empty file in `rules.d`, numbered behind those there are. */
export function newFile(): void {
  const taken = new Set(ruleFiles.value.map(({ name }) => name));
  let number = 10;
  while (taken.has(`rules.d/${number}-rules.yaml`)) number += 10;
  addFile({ name: `rules.d/${number}-rules.yaml`, origin: 'rules.d', text: '' });
}

/** Where a file that a user opens belongs, by its name. */
export function originOf(name: string): Origin {
  if (name === 'falco_rules.yaml') return 'shipped';
  return /local/.test(name) ? 'local' : 'rules.d';
}

/** Files as Falco loads them. */
export function inOrder(files: readonly OpenFile[]): readonly OpenFile[] {
  return files.toSorted(
    (a, b) =>
      ORDER.indexOf(a.origin) - ORDER.indexOf(b.origin) ||
      (a.origin === 'rules.d' ? (a.name < b.name ? -1 : Number(a.name > b.name)) : 0),
  );
}
