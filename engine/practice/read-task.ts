import { spanOf, valueOf, type Node } from '../document/node.ts';
import { readDocuments } from '../document/read-documents.ts';
import { NodeReader, type Fields } from '../document/reading.ts';
import { toUnicode } from '../model/byte-string.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { MAX_DIAGNOSTICS } from '../model/limits.ts';
import { nearest } from '../model/nearest.ts';
import { Source } from '../model/source.ts';
import { list, mapOf } from '../scenario/language/collections.ts';
import { defaulted, optional, required, type Kind } from '../scenario/language/kind.ts';
import { readKeys } from '../scenario/language/keys.ts';
import { integer, prose } from '../scenario/language/scalars.ts';
import { folderOf, pathFrom } from '../suite/file-path.ts';
import type { SuiteFiles } from '../suite/suite-files.ts';
import type { BeginRun } from '../suite/test-run.ts';
import { derivedObjects } from './node/cluster.ts';
import { plannedMachine, readNodePlan } from './node/read-plan.ts';
import { typed } from './node/typed.ts';
import { overlaid } from './overlaid.ts';
import { ATTEMPT_KEYS, readAttempt, readFiles, type FileContext } from './read-attempt.ts';
import { filled } from './placeholders.ts';
import { plainOf } from './plain.ts';
import { readChecks } from './read-checks.ts';
import { readTraces } from './read-traces.ts';
import { standardFiles } from './standard-files.ts';
import { ANSWERS_PATH, CLUSTER_PATH, GROUPS, type Attempt, type Group, type Task } from './task.ts';
import { chosenValues } from './variables.ts';
import { yamlText } from './yaml-text.ts';

const part: Kind<Node> = { schema: {}, read: (_, node) => node };
const MAX_MINUTES = 120;

/** Keys of `task.yaml`. */
export const TASK_KEYS = {
  title: required<string>(prose, 'What is to be done, in a few words.'),
  skill: required<string>(prose, 'What is practised.'),
  minutes: required<number>(integer(1, MAX_MINUTES), 'How long somebody takes who knows it.'),
  weight: required<number>(integer(1, 100), 'How much it counts in an exam.'),
  vars: optional<Node>(part, 'Variables, chosen by the seed.'),
  instructions: required<string>(prose, 'The story and what is asked, as Markdown.'),
  questions: defaulted<ReadonlyMap<string, string>>(mapOf(prose), new Map(), 'Questions by name.'),
  cluster: optional<Node>(part, 'Objects of the cluster with their properties.'),
  files: optional<Node>(part, 'Files of the machine beside the usual ones, or in their places.'),
  traces: required<Node>(part, 'Traces by name.'),
  node: optional<Node>(part, 'The emulated node on which the task is worked on.'),
  checks: required<Node>(part, 'What is graded.'),
  hints: defaulted<readonly string[]>(list(prose), [], 'Hints, each further than the one before.'),
  solution: required<Node>(part, 'What is handed in by somebody who knows, and why.'),
  'also right': optional<Node>(part, 'Other ways that score full.'),
  wrong: optional<Node>(part, 'Plausible ways that do not, and what is said of each.'),
};

/** A task, if it can be used, and what is to be said of it. */
export interface ReadTask {
  readonly task: Task | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a task and chooses its variables by a seed: the same seed gives the same task. Codes: those of YAML, `TASK_*`,
 * `SCENARIO_VALUE`.
 *
 * @param path `.../GROUP/SLUG/task.yaml`
 * @param files opens the task and what it names; paths are those of the library
 * @param beginRun runs the rules of an emulated node, where attempts consist of what is typed there
 */
export function readTask(path: string, files: SuiteFiles, seed: string, beginRun: BeginRun): ReadTask {
  const [source] = files.texts(path).sources;
  const id = folderOf(path).split('/').slice(-2).join('/');
  const group = GROUPS.find((one) => id.startsWith(`${one}/`));
  if (source === undefined || group === undefined) {
    const message =
      source === undefined ? `there is no task ${path}` : `a task lies in a folder of ${GROUPS.join(', ')}`;
    return { task: undefined, diagnostics: [{ code: 'TASK_FILE_MISSING', severity: 'error', message }] };
  }
  const reader = new NodeReader([]);
  const [written] = documentsOf(source, reader);
  const vars = written?.kind === 'mapping' ? valueOf(written, 'vars') : undefined;
  const values = chosenValues(reader, vars, seed);
  const { text, unknown } = filled(source.text, values);
  const told = new Source(source.name, text);
  const [document] = hasErrors(reader.diagnostics) ? [] : documentsOf(told, reader);
  for (const name of document === undefined ? [] : unknown) {
    const near = nearest(name, values.keys());
    reader.fail(
      'TASK_UNKNOWN_VARIABLE',
      document as Node,
      `there is no variable '${name}'`,
      near && `did you mean '${near}'?`,
    );
  }
  const folder = folderOf(path);
  const context = { reader, files: filledFiles(files, folder, values), folder };
  const task = document && readDocument(context, document, { id, group, seed, values }, beginRun);
  const diagnostics = reader.diagnostics.slice(0, MAX_DIAGNOSTICS);
  return { task: hasErrors(diagnostics) ? undefined : task, diagnostics };
}

function documentsOf(source: Source, reader: NodeReader): readonly Node[] {
  const { documents, diagnostics } = readDocuments(source);
  reader.diagnostics.push(...diagnostics);
  return documents;
}

/** Files of the task's own folder have their variables filled in too. */
export function filledFiles(files: SuiteFiles, folder: string, values: Task['values']): SuiteFiles {
  return {
    ...files,
    texts(path) {
      const found = files.texts(path);
      if (!path.startsWith(`${folder}/`)) return found;
      return { ...found, sources: found.sources.map(({ name, text }) => new Source(name, filled(text, values).text)) };
    },
  };
}

interface Identity {
  readonly id: string;
  readonly group: Group;
  readonly seed: string;
  readonly values: Task['values'];
}

function readDocument(context: FileContext, document: Node, identity: Identity, beginRun: BeginRun): Task | undefined {
  const { reader, files, folder } = context;
  const fields = reader.fields(document, 'a task', Object.keys(TASK_KEYS));
  const values = fields && readKeys(reader, fields, TASK_KEYS);
  if (values === undefined) return undefined;
  const shipped = files.texts(pathFrom(folder, '../../../rules')).sources.map(({ text }) => text);
  const start = readFiles(context, values.files, standardFiles(shipped.join('\n')));
  const traces = readTraces(context, values.traces);
  const node = values.node && readNodePlan(reader, values.node, traces);
  const machine = node && plannedMachine(node, traces, files, beginRun);
  const written = values.cluster && plainOf(values.cluster);
  const cluster = machine === undefined ? written : overlaid(derivedObjects(machine.containers), written ?? {});
  const questions = new Map([...values.questions].map(([name, text]) => [toUnicode(name), text]));
  if (cluster !== undefined) start.set(CLUSTER_PATH, yamlText(cluster));
  if (questions.size > 0) start.set(ANSWERS_PATH, answersSheet(questions));
  const desk: Desk = {
    ...context,
    start,
    typed: machine && node && ((more, lines) => typed(machine, node, more, lines)),
  };
  const solution = attempt(desk, values.solution, ['explanation']);
  const { title, skill, minutes, weight, instructions, hints } = values;
  const checks = readChecks(reader, values.checks);
  return {
    ...identity,
    title,
    skill,
    minutes,
    weight,
    instructions,
    questions,
    cluster,
    files: start,
    node,
    traces,
    checks,
    hints,
    solution: solution.attempt,
    explanation: solution.words.get('explanation') ?? '',
    alsoRight: attempts(desk, values['also right']),
    wrong: attempts(desk, values.wrong),
  };
}

/** Where answers are written: each question above the place of its answer. */
function answersSheet(questions: Task['questions']): string {
  return [...questions].map(([name, text]) => `# ${text.replaceAll('\n', '\n# ')}\n${name}:\n`).join('\n');
}

/** What attempts are read with. */
interface Desk extends FileContext {
  readonly start: Task['files'];
  /** Types lines on the node of the task; undefined where it has none. */
  readonly typed: ((files: Task['files'], lines: readonly string[]) => Task['files']) | undefined;
}

function attempts(desk: Desk, node: Node | undefined): Attempt[] {
  const items = node === undefined ? [] : (desk.reader.items(node, 'a list of attempts') ?? []);
  return items.map((item) => attempt(desk, item, ['name', 'feedback', 'why']).attempt);
}

function attempt(desk: Desk, node: Node, more: readonly string[]): { attempt: Attempt; words: Map<string, string> } {
  const { reader, start } = desk;
  const fields: Fields | undefined = reader.fields(node, 'what is handed in', [...ATTEMPT_KEYS, ...more]);
  const words = new Map<string, string>();
  if (fields === undefined) return { attempt: { name: '', files: start, feedback: [], commands: [] }, words };
  for (const key of more.filter((one) => one !== 'feedback')) {
    const text = fields.optional(key, (one, what) => prose.read(reader, one, what));
    if (text !== undefined) words.set(key, text);
  }
  if (more.includes('explanation')) fields.required('explanation');
  const feedback = fields.optional('feedback', (one, what) => list(prose).read(reader, one, what));
  const { line } = spanOf(node).source.position(spanOf(node).start);
  const name = words.get('name') ?? `line ${line + 1}`;
  return { attempt: readAttempt(desk, fields, name, feedback ?? []), words };
}
