import { spanOf, valueOf, type Mapping, type Node, type Pair, type Sequence } from '../document/node.ts';
import { readDocuments } from '../document/read-documents.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { MAX_CONFIGURATION_BYTES } from '../model/limits.ts';
import type { Source } from '../model/source.ts';
import type { Environment } from './configuration-environment.ts';
import { ConfigurationKeys, type TopLevel } from './configuration-keys.ts';

/**
 * Opens what an entry of `config_files` names: a file, or the files of a folder sorted by path and not deeper, whatever
 * their names end in; none where nothing is.
 */
export type Include = (path: string) => readonly Source[];

/** How an included file changes what is there: adds to lists and replaces the rest, replaces all, or adds what is missing. */
type Strategy = 'append' | 'override' | 'add-only';

const NOT_FOLLOWED = 'config_files is not followed here: no file can be opened, and what it names does not count';

/** Reads the top level of a configuration and of those that it includes, in order, as one. */
export function readTopLevel(
  source: Source,
  environment: Environment,
  include: Include | undefined,
  diagnostics: Diagnostic[],
): TopLevel {
  const merged = new Map<ByteString, Pair>();
  // The first of two equal keys counts.
  for (const pair of pairsOf(source, diagnostics)) setIfAbsent(merged, pair);
  const keys = new ConfigurationKeys(merged, environment, diagnostics);
  for (const entry of keys.list('config_files')) {
    const { path, strategy } = readEntry(entry, keys);
    if (path === undefined) continue;
    if (include === undefined) keys.warn('CONFIG_FILES', entry, NOT_FOLLOWED);
    else if (path === source.name) keys.error('CONFIG_FILES', entry, 'a configuration can not include itself');
    else for (const file of include(path)) mergeFile(merged, file, strategy, diagnostics);
  }
  return merged;
}

function readEntry(entry: Node, keys: ConfigurationKeys): { path: string | undefined; strategy: Strategy } {
  if (entry.kind !== 'mapping') return { path: keys.text(entry), strategy: 'append' };
  const path = valueOf(entry, 'path');
  if (path === undefined) keys.error('CONFIG_TYPE', entry, "an entry of 'config_files' needs a path");
  const strategy = valueOf(entry, 'strategy');
  const word = strategy === undefined ? 'append' : keys.text(strategy);
  // Falco takes any other word as `append`.
  return {
    path: path === undefined ? undefined : keys.text(path),
    strategy: word === 'override' || word === 'add-only' ? word : 'append',
  };
}

function mergeFile(merged: Map<ByteString, Pair>, source: Source, strategy: Strategy, diagnostics: Diagnostic[]): void {
  for (const pair of pairsOf(source, diagnostics)) {
    if (pair.key.kind !== 'scalar') continue;
    const before = merged.get(pair.key.text);
    if (pair.key.text === 'config_files') {
      diagnostics.push(refusal('CONFIG_FILES', pair.key, "an included configuration has no 'config_files'"));
    } else if (strategy === 'append' && pair.value.kind === 'sequence') {
      const value = appended(before?.value, pair.value, diagnostics);
      merged.set(pair.key.text, { key: before?.key ?? pair.key, value });
    } else if (strategy === 'add-only') setIfAbsent(merged, pair);
    else merged.set(pair.key.text, pair);
  }
}

function appended(before: Node | undefined, more: Sequence, diagnostics: Diagnostic[]): Node {
  if (before === undefined || before.kind === 'null') return more;
  if (before.kind === 'sequence') return { ...before, items: [...before.items, ...more.items] };
  diagnostics.push(refusal('CONFIG_TYPE', before, 'an included configuration adds to it, but it is no list'));
  return before;
}

function setIfAbsent(merged: Map<ByteString, Pair>, pair: Pair): void {
  if (pair.key.kind === 'scalar' && !merged.has(pair.key.text)) merged.set(pair.key.text, pair);
}

/** The keys of a file's first document; none in an empty one. */
function pairsOf(source: Source, diagnostics: Diagnostic[]): Mapping['pairs'] {
  if (source.text.length > MAX_CONFIGURATION_BYTES) {
    const message = `file has more than ${MAX_CONFIGURATION_BYTES} bytes`;
    diagnostics.push({
      code: 'LIMIT_CONFIGURATION_BYTES',
      severity: 'error',
      message,
      span: { source, start: 0, end: 0 },
    });
    return [];
  }
  const { documents, diagnostics: found } = readDocuments(source);
  diagnostics.push(...found);
  const [root] = documents;
  if (root === undefined || root.kind === 'null') return [];
  if (root.kind === 'mapping') return root.pairs;
  diagnostics.push(refusal('CONFIG_TYPE', root, 'a configuration is a mapping', 'write: key: value'));
  return [];
}

function refusal(code: string, node: Node, message: string, hint?: string): Diagnostic {
  return { code, severity: 'error', message, span: spanOf(node), ...(hint !== undefined && { hint }) };
}
