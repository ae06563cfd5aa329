import { decodeBoolean, decodeUnsigned } from '../document/decode.ts';
import { spanOf, valueOf, type Mapping, type Node } from '../document/node.ts';
import { readDocuments } from '../document/read-documents.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Source, Span } from '../model/source.ts';
import type { Means } from './edit.ts';

/** One item of a rule file that says something of a list, a macro or a rule. */
interface Statement {
  readonly span: Span;
  readonly means: Means | undefined;
  /** The keys it is about. */
  readonly keys: ReadonlySet<ByteString>;
}

/** A plugin that rules need, and the least version, with its alternatives. */
export interface PluginNeed {
  readonly name: string;
  readonly version: string;
  readonly alternatives: readonly string[];
}

const SUBJECTS = ['list', 'macro', 'rule'] as const;
const DEFINING_KEYS = ['condition', 'output', 'desc', 'priority', 'items'];

/**
 * What the files of a rule set say, item by item, where loading keeps only what comes of it: which item is behind a
 * part of a rule, and what the files require. The files have been loaded before, so their shape is right.
 */
export class Statements {
  readonly #byName = new Map<string, Statement[]>();
  /** The versions that `required_engine_version` asks for, as written. */
  readonly engineVersions: string[] = [];
  readonly plugins: PluginNeed[] = [];

  constructor(sources: readonly Source[]) {
    for (const source of sources) {
      for (const document of readDocuments(source).documents) {
        for (const item of document.kind === 'sequence' ? document.items : []) {
          if (item.kind === 'mapping') this.#note(item);
        }
      }
    }
  }

  /** How the text at a place came about; undefined when it stands in the first definition of its list, macro or rule. */
  meansAt(subject: string, name: ByteString, span: Span): Means | undefined {
    const holds = (statement: Statement) =>
      statement.span.source === span.source && statement.span.start <= span.start && span.start < statement.span.end;
    return this.#of(subject, name).find(holds)?.means;
  }

  /** The item that last said something of a key. */
  lastOf(subject: string, name: ByteString, key: ByteString): { span: Span; means: Means | undefined } | undefined {
    return this.#of(subject, name).findLast(({ keys }) => keys.has(key));
  }

  /** Where a list, macro or rule is first defined. */
  firstOf(subject: string, name: ByteString): Span | undefined {
    return this.#of(subject, name)[0]?.span;
  }

  #of(subject: string, name: ByteString): readonly Statement[] {
    return this.#byName.get(`${subject} ${name}`) ?? [];
  }

  #note(item: Mapping): void {
    const engine = valueOf(item, 'required_engine_version');
    if (engine?.kind === 'scalar') this.engineVersions.push(engineVersion(engine.text));
    const plugins = valueOf(item, 'required_plugin_versions');
    if (plugins?.kind === 'sequence') this.plugins.push(...plugins.items.flatMap((node) => pluginNeed(node) ?? []));
    const subject = SUBJECTS.find((word) => valueOf(item, word) !== undefined);
    if (subject === undefined) return;
    const name = textOf(valueOf(item, subject));
    const key = `${subject} ${name}`;
    const before = this.#byName.get(key);
    const keys = new Set(item.pairs.flatMap((pair) => (pair.key.kind === 'scalar' ? [pair.key.text] : [])));
    const defines = DEFINING_KEYS.some((word) => keys.has(word));
    const means = meansOf(item, before === undefined, defines);
    // A definition speaks of all keys, also of those that it leaves at their defaults.
    const spoken = means === undefined || means === 'redefinition' ? ALL_KEYS : keys;
    const statement = { span: spanOf(item), means, keys: spoken };
    if (before === undefined) this.#byName.set(key, [statement]);
    else before.push(statement);
  }
}

const ALL_KEYS: ReadonlySet<ByteString> = new Set([
  ...DEFINING_KEYS,
  'source',
  'enabled',
  'capture',
  'capture_duration',
  'warn_evttypes',
  'skip-if-unknown-filter',
  'tags',
  'exceptions',
]);

function meansOf(item: Mapping, isFirst: boolean, defines: boolean): Means | undefined {
  const override = valueOf(item, 'override');
  if (override?.kind === 'mapping' && override.pairs.length > 0) {
    return override.pairs.every(({ value }) => textOf(value) === 'append') ? 'append' : 'override';
  }
  if (decodeBoolean(textOf(valueOf(item, 'append'))) === true) return 'append';
  if (isFirst) return undefined;
  return defines ? 'redefinition' : 'override';
}

/** `0.57.0`; a number N means 0.N.0. */
function engineVersion(text: ByteString): string {
  const number = decodeUnsigned(text);
  return number === undefined ? toUnicode(text) : `0.${number}.0`;
}

function pluginNeed(node: Node): PluginNeed | undefined {
  if (node.kind !== 'mapping') return undefined;
  const others = valueOf(node, 'alternatives');
  const alternatives = others?.kind === 'sequence' ? others.items : [];
  return {
    name: toUnicode(textOf(valueOf(node, 'name'))),
    version: toUnicode(textOf(valueOf(node, 'version'))),
    alternatives: alternatives.flatMap((one) =>
      one.kind === 'mapping' ? [toUnicode(textOf(valueOf(one, 'name')))] : [],
    ),
  };
}

function textOf(node: Node | undefined): ByteString {
  return node?.kind === 'scalar' ? node.text : '';
}
