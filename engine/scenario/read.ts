import { spanOf, type Node } from '../document/node.ts';
import { readDocuments } from '../document/read-documents.ts';
import { NodeReader } from '../document/reading.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { MAX_DIAGNOSTICS, MAX_SCENARIO_BYTES } from '../model/limits.ts';
import { nearest } from '../model/nearest.ts';
import type { Source } from '../model/source.ts';
import { expectations, type Expectation } from './expect.ts';
import { list } from './language/collections.ts';
import { defaulted, required, type Keys, type Kind } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { prose } from './language/scalars.ts';
import { readActors } from './read-actors.ts';
import { containerPlan, readContainers } from './read-containers.ts';
import { readMachine } from './read-machine.ts';
import { readSteps } from './read-steps.ts';
import { rehearse } from './rehearse.ts';
import type { Scenario } from './scenario.ts';

/** A scenario, if it can be played, and what is to be said of it. */
export interface ReadScenario {
  readonly scenario: Scenario | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A part that has a reader of its own. */
const part: Kind<Node> = { schema: {}, read: (_, node) => node };

/** Keys of a scenario. */
export const SCENARIO_KEYS = {
  story: required<string>(prose, 'What happens, in a sentence.'),
  technique: defaulted<readonly string[]>(list(prose), [], 'ATT&CK techniques, such as T1059.004: one, or a list.'),
  upstream: defaulted<readonly string[]>(
    list(prose),
    [],
    "Rules of Falco's own rule files that fire on it; in a twin these are false alarms.",
  ),
  machine: defaulted<Node | undefined>(part, undefined, 'The machine it happens on.'),
  containers: defaulted<Node | undefined>(part, undefined, 'Containers on it, by name.'),
  actors: defaulted<Node | undefined>(part, undefined, 'Processes that are there when it begins, by name.'),
  steps: required<Node>(part, 'What happens, one sentence after the other.'),
  expect: defaulted<readonly Expectation[]>(expectations, [], 'What rules must say of it.'),
} satisfies Keys;

/**
 * Reads a scenario and rehearses it, so that what is given can be played to its end. Codes: those of YAML,
 * `SCENARIO_*`, `LIMIT_SCENARIO_BYTES`, `LIMIT_SCENARIO_EVENTS`, `LIMIT_SCENARIO_FILES`.
 */
export function readScenario(source: Source): ReadScenario {
  if (source.text.length > MAX_SCENARIO_BYTES) return refused([tooLong(source)]);
  const { documents, diagnostics, text } = readDocuments(source);
  if (hasErrors(diagnostics)) return refused(diagnostics);
  const [document, second] = documents;
  const reader = new NodeReader([...diagnostics]);
  if (document === undefined) {
    const message = 'there is nothing in this scenario';
    return refused([
      { code: 'SCENARIO_EMPTY', severity: 'error', message, span: text.span(0, 0), hint: "begin with 'story: ...'" },
    ]);
  }
  if (second !== undefined) reader.fail('SCENARIO_VALUE', second, 'a file holds one scenario, this is a second one');
  const scenario = readDocument(reader, document);
  const found = reader.diagnostics.slice(0, MAX_DIAGNOSTICS);
  return { scenario: hasErrors(found) ? undefined : scenario, diagnostics: found };
}

function readDocument(reader: NodeReader, document: Node): Scenario | undefined {
  const fields = reader.fields(document, 'a scenario', Object.keys(SCENARIO_KEYS));
  const values = fields && readKeys(reader, fields, SCENARIO_KEYS);
  if (values === undefined) return undefined;
  const doomed = new Set<ByteString>();
  const { machine, container } = readMachine(reader, values.machine);
  const listed = readContainers(reader, values.containers, doomed);
  const short =
    container && containerPlan(container.name, spanOf(container.node), listed.length, { image: container.image });
  const containers = short === undefined ? listed : [...listed, short];
  const actors = readActors(reader, values.actors, short?.name ?? 'host', doomed);
  for (const { name, span } of actors) {
    if (name === 'host' || containers.some((plan) => plan.name === name)) {
      const message = `an actor can't be called '${toUnicode(name)}': that is a container or the machine`;
      reader.diagnostics.push({
        code: 'SCENARIO_NAME_TAKEN',
        severity: 'error',
        message,
        span,
        hint: 'choose another name',
      });
    }
  }
  const steps = readSteps(reader, values.steps, doomed);
  reader.diagnostics.push(...rehearse({ machine, containers, actors, steps }, doomed));
  checkNames(
    reader,
    values.expect,
    [...actors.map(({ name }) => name), ...steps.flatMap(({ as }) => as ?? [])],
    doomed,
  );
  const { story, technique: techniques, upstream, expect } = values;
  return { story, techniques, upstream, machine, containers, actors, steps, expectations: expect };
}

/** `by` names an actor of the story. */
function checkNames(
  reader: NodeReader,
  expected: readonly Expectation[],
  names: readonly ByteString[],
  doomed: ReadonlySet<ByteString>,
): void {
  for (const expectation of expected) {
    if (expectation.kind !== 'alert' || expectation.by === undefined) continue;
    const { by, span } = expectation;
    if (names.includes(by) || doomed.has(by)) continue;
    const near = nearest(by, names);
    const message = `nobody in this story is called '${toUnicode(by)}'`;
    const hint = near === undefined ? {} : { hint: `did you mean '${toUnicode(near)}'?` };
    reader.diagnostics.push({ code: 'SCENARIO_UNKNOWN_ACTOR', severity: 'error', message, span, ...hint });
  }
}

function refused(diagnostics: readonly Diagnostic[]): ReadScenario {
  return { scenario: undefined, diagnostics };
}

function tooLong(source: Source): Diagnostic {
  const message = `the scenario has ${source.text.length} characters; at most ${MAX_SCENARIO_BYTES} are read`;
  return { code: 'LIMIT_SCENARIO_BYTES', severity: 'error', message, span: { source, start: 0, end: 0 } };
}
