import { readHosts } from '../compare/hosts.ts';
import { spanOf, type Node } from '../document/node.ts';
import { readDocuments } from '../document/read-documents.ts';
import { NodeReader } from '../document/reading.ts';
import type { Matching } from '../match/naive-match.ts';
import { toUnicode } from '../model/byte-string.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { MAX_DIAGNOSTICS, MAX_TEST_FILE_BYTES } from '../model/limits.ts';
import type { Source } from '../model/source.ts';
import type { Configuration } from '../rules/configuration.ts';
import { readConfiguration } from '../rules/configuration.ts';
import { optional, required, type Keys, type Kind } from '../scenario/language/kind.ts';
import { readKeys } from '../scenario/language/keys.ts';
import { choice, prose } from '../scenario/language/scalars.ts';
import { diagnosticInFile, inlineSource } from './inline.ts';
import { folderOf } from './file-path.ts';
import { paths, type PathContext } from './named-path.ts';
import { readTests } from './read-tests.ts';
import type { SuiteFiles, Variables } from './suite-files.ts';
import type { NamedPath, Side, TestFile } from './test-file.ts';

/** A part that has a reader of its own. */
const part: Kind<Node> = { schema: {}, read: (_, node) => node };

/** Keys of a test file. */
export const TEST_FILE_KEYS = {
  about: optional<string>(prose, 'What the tests are about, in a sentence.'),
  rules: required<Node>(part, 'Rule files and folders, in the order in which Falco would load them: one, or a list.'),
  config: optional<Node>(part, 'A falco.yaml: the path of one, or its keys written here.'),
  matching: optional<Matching>(
    choice('first', 'all'),
    'Whether the first rule that matches an event fires, or all. Without it: what config says, else first.',
  ),
  hosts: optional<Node>(part, 'Names of addresses: the path of a file in the form of /etc/hosts.'),
  'skip unless present': optional<string>(
    prose,
    'A reason. Where a rule file is absent all tests are skipped with it; without this key that is an error.',
  ),
  require: optional<Node>(part, 'positive, negative, or both as a list: every rule must have such a test.'),
  'cannot fire': optional<Node>(part, 'Rules that can never fire, with the reason; a test in which one fires fails.'),
  tests: required<Node>(part, 'The tests.'),
} satisfies Keys;

/** A test file, if it can be run, and what is to be said of it. */
export interface ReadTestFile {
  readonly file: TestFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a test file; of the files that it names only the configuration and the table of hosts are opened. Codes: those of
 * YAML, `TEST_*`, `SCENARIO_VALUE`, `CONFIG_*`, `HOSTS_LINE`, `LIMIT_TEST_FILE_BYTES`.
 */
export function readTestFile(source: Source, files: SuiteFiles, variables: Variables): ReadTestFile {
  if (source.text.length > MAX_TEST_FILE_BYTES) {
    const message = `the file has ${source.text.length} characters; at most ${MAX_TEST_FILE_BYTES} are read`;
    const span = { source, start: 0, end: 0 };
    return { file: undefined, diagnostics: [{ code: 'LIMIT_TEST_FILE_BYTES', severity: 'error', message, span }] };
  }
  const { documents, diagnostics, text } = readDocuments(source);
  if (hasErrors(diagnostics)) return { file: undefined, diagnostics };
  const reader = new NodeReader([...diagnostics]);
  const [document, second] = documents;
  if (document === undefined) {
    const hint = "begin with 'rules: ...' and 'tests: ...'";
    const message = 'there is nothing in this test file';
    reader.diagnostics.push({ code: 'TEST_EMPTY', severity: 'error', message, span: text.span(0, 0), hint });
  }
  if (second !== undefined) reader.fail('TEST_VALUE', second, 'a test file is one document, this is a second one');
  const context = { reader, files, variables, folder: folderOf(source.name) };
  const file = document && readFile(context, source, document);
  const found = reader.diagnostics.slice(0, MAX_DIAGNOSTICS);
  return { file: hasErrors(found) ? undefined : file, diagnostics: found };
}

function readFile(context: PathContext, source: Source, document: Node): TestFile | undefined {
  const { reader } = context;
  const fields = reader.fields(document, 'a test file', Object.keys(TEST_FILE_KEYS));
  const values = fields && readKeys(reader, fields, TEST_FILE_KEYS);
  if (values === undefined) return undefined;
  return {
    source,
    rules: paths(context, values.rules, "'rules'"),
    configuration: values.config && configurationOf(context, values.config),
    matching: values.matching,
    hosts: values.hosts === undefined ? new Map() : hostsOf(context, values.hosts),
    absent: values['skip unless present'],
    require: values.require === undefined ? [] : sides(reader, values.require),
    cannotFire: values['cannot fire'] === undefined ? [] : reasons(reader, values['cannot fire']),
    tests: readTests(context, values.tests),
  };
}

/** A configuration at a path, or written in the file. */
function configurationOf(context: PathContext, node: Node): Configuration | undefined {
  const { reader, variables } = context;
  const options = { environment: variables };
  if (node.kind === 'mapping') {
    const { source, shift } = inlineSource(node);
    const { configuration, diagnostics } = readConfiguration(source, options);
    const file = spanOf(node).source;
    reader.diagnostics.push(...diagnostics.map((one) => diagnosticInFile(one, file, shift)));
    return configuration;
  }
  const source = opened(context, node, "'config'");
  if (source === undefined) return undefined;
  const { configuration, diagnostics } = readConfiguration(source, options);
  reader.diagnostics.push(...diagnostics);
  return configuration;
}

function hostsOf(context: PathContext, node: Node): TestFile['hosts'] {
  const source = opened(context, node, "'hosts'");
  if (source === undefined) return new Map();
  const { hosts, diagnostics } = readHosts(source);
  context.reader.diagnostics.push(...diagnostics);
  return hosts;
}

/** The one text file that a node names. */
function opened(context: PathContext, node: Node, what: string): Source | undefined {
  const [named] = paths(context, node, what) as [NamedPath | undefined];
  if (named === undefined) return undefined;
  const { sources, diagnostics } = context.files.texts(named.path);
  context.reader.diagnostics.push(...diagnostics);
  const [source] = sources;
  return source ?? context.reader.fail('TEST_FILE_MISSING', node, `${what}: there is no file ${named.path}`);
}

function sides(reader: NodeReader, node: Node): TestFile['require'] {
  const nodes = node.kind === 'sequence' ? node.items : [node];
  return nodes.flatMap((item) => {
    const side = reader.choice<Side>(item, "'require'", ['positive', 'negative']);
    return side === undefined ? [] : [{ side, span: spanOf(item) }];
  });
}

function reasons(reader: NodeReader, node: Node): TestFile['cannotFire'] {
  if (node.kind !== 'mapping') {
    return reader.fail('YAML_KIND', node, "'cannot fire' must be a mapping: RULE: reason") ?? [];
  }
  return node.pairs.flatMap(({ key, value }) => {
    const rule = reader.text(key, "a rule of 'cannot fire'");
    const reason = reader.text(value, "a reason of 'cannot fire'");
    if (rule === undefined || reason === undefined) return [];
    return [{ rule: toUnicode(rule).trim(), reason: toUnicode(reason).trim(), span: spanOf(key) }];
  });
}
