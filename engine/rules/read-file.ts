import type { Documents } from '../document/read-documents.ts';
import { valueOf, type Mapping, type Node } from '../document/node.ts';
import { toUnicode } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { Collector } from './collector.ts';
import type { Context } from './context.ts';
import { invalidStructure } from './load-error.ts';
import { readList, readMacro } from './read-list.ts';
import { readRule } from './read-rule.ts';
import { keyText } from './read-values.ts';
import { readEngineVersion, readPluginVersions, type PluginRequirements } from './read-versions.ts';
import type { Report } from './report.ts';
import { duplicateKeyLints } from './text-lints.ts';

/** The keys that an item may have, by the key that tells its kind. The first kind whose key is there counts. */
const KEYS: Readonly<Record<string, ReadonlySet<string>>> = {
  required_engine_version: new Set(['required_engine_version']),
  required_plugin_versions: new Set(['required_plugin_versions']),
  list: new Set(['list', 'items', 'append', 'override']),
  macro: new Set(['macro', 'condition', 'append', 'override']),
  rule: new Set([
    'rule',
    'condition',
    'output',
    'desc',
    'priority',
    'source',
    'enabled',
    'capture',
    'capture_duration',
    'warn_evttypes',
    'skip-if-unknown-filter',
    'tags',
    'exceptions',
    'override',
    'append',
  ]),
};
const KINDS = Object.keys(KEYS);

/** Reads the items of a file into the collector and gives the plugins it requires. Throws at the first error. */
export function readFile(
  { documents }: Documents,
  file: Context,
  collector: Collector,
  report: Report,
): PluginRequirements[] {
  const requirements: PluginRequirements[] = [];
  for (const document of documents) {
    if (document.kind === 'scalar') invalidStructure('Rules content is not yaml', file);
    if (document.kind !== 'sequence') {
      return invalidStructure('Rules content is not yaml array of objects', file, 'begin each item with "- "');
    }
    for (const item of document.items) {
      if (item.kind !== 'null') requirements.push(...readItem(item, file, collector, report));
    }
  }
  return requirements;
}

function readItem(item: Node, file: Context, collector: Collector, report: Report): PluginRequirements[] {
  if (item.kind !== 'mapping') {
    return invalidStructure(
      'Unexpected element type. Each element should be a yaml associative array.',
      file.at(item, 'rules content item'),
    );
  }
  let requirements: PluginRequirements[] = [];
  let context = file.at(item, 'rules content item');
  const kind = KINDS.find((key) => valueOf(item, key) !== undefined);
  switch (kind) {
    case 'required_engine_version':
      context = file.at(item, 'required_engine_version');
      readEngineVersion(item, context);
      break;
    case 'required_plugin_versions': {
      const node = valueOf(item, kind) as Node;
      requirements = readPluginVersions(node, file.at(node, 'required plugin versions'));
      context = file.at(item, 'required plugin versions');
      break;
    }
    case 'list':
      context = readList(item, file, collector, report);
      break;
    case 'macro':
      context = readMacro(item, file, collector, report);
      break;
    case 'rule':
      context = readRule(item, file, collector, report);
      break;
    default:
      report.warn('LOAD_UNKNOWN_ITEM', 'Unknown top level item', context, kindHint(item));
      return [];
  }
  warnUnknownKeys(item, kind, context, report);
  for (const advice of duplicateKeyLints(item)) report.advise(advice);
  return requirements;
}

function warnUnknownKeys(item: Mapping, kind: string, context: Context, report: Report): void {
  const keys = KEYS[kind] as ReadonlySet<string>;
  for (const pair of item.pairs) {
    const key = keyText(pair.key);
    if (keys.has(key)) continue;
    const near = nearest(toUnicode(key), keys);
    const hint = near === undefined ? undefined : `did you mean '${near}'?`;
    const place = context.withSpan(context.at(pair.key, 'value for').span);
    report.warn('LOAD_UNKNOWN_KEY', `Unknown key '${key}'. The key will be ignored.`, place, hint);
  }
}

/** The kind that a first key looks like. */
function kindHint(item: Mapping): string | undefined {
  for (const { key } of item.pairs) {
    const near = nearest(toUnicode(keyText(key)), KINDS);
    if (near !== undefined) return `did you mean '${near}'?`;
  }
  return `an item begins with one of ${KINDS.join(', ')}`;
}
