import { valueOf, type Mapping, type Node } from '../document/node.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { Context } from './context.ts';
import { invalidItem, invalidStructure } from './load-error.ts';
import { keyText } from './read-values.ts';

/** The keys that an item appends to or replaces. */
export interface Override {
  readonly append: ReadonlySet<string>;
  readonly replace: ReadonlySet<string>;
}

/** What yaml-cpp says where keys and values are asked of a sequence. */
const INVALID_NODE = 'invalid node; this may result from using a map iterator as a sequence iterator, or vice-versa';

/** Reads `override`. What is no mapping counts as none, save for a sequence, over which Falco stumbles. */
export function readOverride(
  item: Mapping,
  context: Context,
  file: Context,
  appendable: ReadonlySet<string>,
  replaceable: ReadonlySet<string>,
): Override {
  const append = new Set<string>();
  const replace = new Set<string>();
  const node = valueOf(item, 'override');
  if (node?.kind === 'sequence' && node.items.length > 0) {
    invalidItem(
      INVALID_NODE,
      file.withSpan(context.at(node, 'overrides').span),
      'write a mapping: {condition: append}',
    );
  }
  const overrides = context.at(item, 'overrides');
  for (const pair of node?.kind === 'mapping' ? node.pairs : []) {
    const key = keyText(pair.key);
    const operation = operationOf(pair.value, file);
    const keyContext = overrides.at(pair.key, 'overrides', key);
    if (operation === 'append') {
      if (!appendable.has(key)) {
        invalidStructure(`Key '${key}' cannot be appended to, use 'replace' instead`, keyContext);
      }
      append.add(key);
    } else if (operation === 'replace') {
      if (!replaceable.has(key)) {
        invalidStructure(`Key '${key}' cannot be replaced`, keyContext, keyHint(key, replaceable));
      }
      replace.add(key);
    } else {
      const allowed = `${appendable.has(key) ? 'append ' : ''}${replaceable.has(key) ? 'replace ' : ''}`;
      invalidStructure(
        `Invalid override operation for key '${key}': '${operation}'. Allowed values are: ${allowed}`,
        overrides.at(pair.value, 'value for', key),
      );
    }
  }
  return { append, replace };
}

function operationOf(value: Node, file: Context): ByteString {
  if (value.kind === 'scalar') return value.text;
  if (value.kind === 'null') return 'null';
  const { line, column } = value.mark;
  const span = file.at(value, 'value for').span;
  return invalidItem(
    `yaml-cpp: error at line ${line + 1}, column ${column + 1}: bad conversion`,
    file.withSpan(span),
    "write 'append' or 'replace'",
  );
}

function keyHint(key: ByteString, replaceable: ReadonlySet<string>): string | undefined {
  const near = nearest(toUnicode(key), replaceable);
  return near === undefined ? undefined : `did you mean '${near}'?`;
}
