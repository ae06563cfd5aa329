import type { Node } from '../document/node.ts';
import type { Fields, NodeReader } from '../document/reading.ts';
import { toUnicode } from '../model/byte-string.ts';
import { list } from '../scenario/language/collections.ts';
import { prose } from '../scenario/language/scalars.ts';
import { pathFrom } from '../suite/file-path.ts';
import type { SuiteFiles } from '../suite/suite-files.ts';
import { overlaid } from './overlaid.ts';
import { plainOf, readPlain, type Plain } from './plain.ts';
import { ANSWERS_PATH, CLUSTER_PATH, type Attempt, type MachineFiles } from './task.ts';
import { yamlText } from './yaml-text.ts';

/** What files of a task are read with. */
export interface FileContext {
  readonly reader: NodeReader;
  /** Texts beside the task have their variables filled in. */
  readonly files: SuiteFiles;
  /** The folder of the task. */
  readonly folder: string;
}

/** Keys of what is handed in. */
export const ATTEMPT_KEYS = ['files', 'answers', 'cluster', 'commands'] as const;

/**
 * Reads `files` over the files that are there: a text, `{ from: PATH }` (a file or a folder of the library),
 * `{ replace: { OLD: NEW } }`, `{ append: TEXT }`, or nothing (`~`) for a file that is removed.
 */
export function readFiles(context: FileContext, node: Node | undefined, before: MachineFiles): Map<string, string> {
  const { reader } = context;
  const files = new Map(before);
  if (node === undefined) return files;
  if (node.kind !== 'mapping') {
    reader.fail('YAML_KIND', node, "'files' must be a mapping: PATH: text");
    return files;
  }
  for (const { key, value } of node.pairs) {
    const path = toUnicode(reader.text(key, "a path of 'files'") ?? '');
    if (!path.startsWith('/') || pathFrom('', path) !== path) {
      reader.fail('TASK_VALUE', key, `'${path}' must be an absolute path without '.' and '..'`);
    } else if (value.kind === 'null') files.delete(path);
    else files.set(path, fileText(context, value, files.get(path) ?? ''));
  }
  return files;
}

function fileText({ reader, files, folder }: FileContext, node: Node, before: string): string {
  if (node.kind === 'scalar') return toUnicode(node.text);
  const fields = reader.fields(node, 'a file', ['from', 'replace', 'append']);
  const from = fields?.get('from');
  if (from !== undefined) {
    const { sources } = files.texts(pathFrom(folder, toUnicode(reader.text(from, "'from'") ?? '')));
    if (sources.length === 0) reader.fail('TASK_FILE_MISSING', from, 'there is no such file beside the task');
    return sources.map(({ text }) => text).join('\n');
  }
  const appended = fields?.get('append');
  if (appended !== undefined) return `${before}${toUnicode(reader.text(appended, "'append'") ?? '')}`;
  const replace = fields?.get('replace');
  if (replace?.kind !== 'mapping') return before;
  let text = before;
  for (const { key, value } of replace.pairs) {
    const old = toUnicode(reader.text(key, "a text of 'replace'") ?? '');
    const now = value.kind === 'null' ? '' : toUnicode(reader.text(value, "a text of 'replace'") ?? '');
    if (!text.includes(old)) reader.fail('TASK_VALUE', key, `the file does not hold '${old}'`);
    text = text.replace(old, () => now);
  }
  return text;
}

/** What an attempt is read with: the files that the task starts from, and its node. */
interface AttemptContext extends FileContext {
  readonly start: MachineFiles;
  /** Types lines on the node of the task; undefined where it has none. */
  readonly typed: ((files: MachineFiles, lines: readonly string[]) => MachineFiles) | undefined;
}

/** Reads what is handed in: changed files, answers, what became of the cluster, what was typed on the node after that. */
export function readAttempt(
  context: AttemptContext,
  fields: Fields,
  name: string,
  feedback: readonly string[] = [],
): Attempt {
  const { reader, start, typed } = context;
  const files = readFiles(context, fields.get('files'), start);
  const answers = fields.get('answers');
  if (answers !== undefined) files.set(ANSWERS_PATH, yamlText(mappingOf(reader, answers, 'answers')));
  const cluster = fields.get('cluster');
  if (cluster !== undefined) {
    const before = readPlain(CLUSTER_PATH, start.get(CLUSTER_PATH) ?? '');
    files.set(CLUSTER_PATH, yamlText(overlaid(before, mappingOf(reader, cluster, 'cluster'))));
  }
  const lines = fields.get('commands');
  const commands = lines === undefined ? [] : (list(prose).read(reader, lines, "'commands'") ?? []);
  if (lines === undefined || commands.length === 0) return { name, files, feedback, commands };
  if (typed === undefined) reader.fail('TASK_VALUE', lines, "there is no 'node' on which commands could be typed");
  // Typing takes longer than all the rest of reading, and most that is read is never handed in.
  let ended: MachineFiles | undefined;
  return {
    name,
    feedback,
    commands,
    get files() {
      return (ended ??= typed === undefined ? files : typed(files, commands));
    },
  };
}

function mappingOf(reader: NodeReader, node: Node, what: string): Plain {
  if (node.kind !== 'mapping') reader.fail('YAML_KIND', node, `'${what}' must be a mapping`);
  return plainOf(node);
}
