import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { valueOf, type Node } from '../../engine/document/node.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import { Source } from '../../engine/model/source.ts';
import { simulate } from '../../engine/simulate.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT } from '../conformance/folder.ts';
import { foldersWith, LIBRARY } from '../library.ts';
import { joinBytes } from './mutate/bytes.ts';

const SUITES = fileURLToPath(new URL('../cases/scenario/suites.yaml', import.meta.url));

/** Larger captures of the conformance data say nothing that smaller ones don't. */
const MAX_CAPTURE_FILE = 128 * 1024;

/** Something read from files once, when it is first asked for. */
function once<T>(read: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= read());
}

/** The stories of the project. */
export const stories = once(() =>
  (['scenario', 'benign'] as const).flatMap((file) =>
    foldersWith(file).map((name) => textOf(LIBRARY, name, `${file}.yaml`)),
  ),
);

/** Suites of event-generator. */
export const suites = once(() => (load(textOf(SUITES)) as readonly { suite: string }[]).map(({ suite }) => suite));

/** The project's own rule files. */
export const ownRuleFiles = once(() => filesIn(join(LIBRARY, 'rules')));

/** Rule files: the project's own, and upstream's where they are at hand. */
export const ruleFiles = once(() => [...ownRuleFiles(), ...conformanceFiles('rules')]);

/** Their items, each with its dash. */
export const ruleItems = once(() =>
  ruleFiles().flatMap((file) => file.split(/^(?=- )/m).filter((item) => item.startsWith('- '))),
);

/** The conditions of their rules and macros. */
export const conditions = once(() => valuesOf('condition'));

/** The outputs of their rules. */
export const outputs = once(() => valuesOf('output'));

/** The stories played as captures. */
export const playedStories = once(() => stories().map((story) => played(story, 'scap')));

/** Captures: the stories played, and recorded ones where they are at hand. */
export const captures = once(() => [...playedStories(), ...recordedCaptures()]);

/** The stories played as lines of JSON. */
export const lines = once(() => stories().map((story) => played(story, 'jsonl')));

function played(story: string, encoding: 'scap' | 'jsonl'): Uint8Array {
  const parts: Uint8Array[] = [];
  simulate(new Source('story', story), encoding, (bytes) => parts.push(bytes));
  return joinBytes(parts);
}

function recordedCaptures(): Uint8Array[] {
  const files = conformanceNames('captures').map((name) => readFileSync(join(CONFORMANCE, 'captures', name)));
  return files
    .filter(({ length }) => length <= MAX_CAPTURE_FILE)
    .map((bytes) => new Uint8Array(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes));
}

function valuesOf(key: string): string[] {
  const roots = ruleFiles().flatMap((file) => readDocuments(new Source('rules.yaml', file)).documents);
  return roots
    .flatMap((root): readonly Node[] => (root.kind === 'sequence' ? root.items : []))
    .map((item) => (item.kind === 'mapping' ? valueOf(item, key) : undefined))
    .flatMap((value) => (value?.kind === 'scalar' ? [toUnicode(value.text)] : []));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).map((name) => textOf(folder, name));
}

function conformanceFiles(folder: string): string[] {
  return conformanceNames(folder).map((name) => textOf(CONFORMANCE, folder, name));
}

function conformanceNames(folder: string): string[] {
  return CONFORMANCE_PRESENT ? readdirSync(join(CONFORMANCE, folder)).sort() : [];
}

function textOf(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8');
}
