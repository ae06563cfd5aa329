import { spanOf, type Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
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
  'not upstream': defaulted<readonly string[]>(
    list(prose),
    [],
    "Rules of Falco's own rule files that stay silent on it: what a benign story looks like, and is not.",
  ),
  cases: defaulted<Node | undefined>(
    part,
    undefined,
    'Several tellings of the same story, with values for names that are written ${name}: a list, or a matrix.',
  ),
  machine: defaulted<Node | undefined>(part, undefined, 'The machine it happens on.'),
  containers: defaulted<Node | undefined>(part, undefined, 'Containers on it, by name.'),
  actors: defaulted<Node | undefined>(part, undefined, 'Processes that are there when it begins, by name.'),
  steps: required<Node>(part, 'What happens, one sentence after the other.'),
  expect: defaulted<readonly Expectation[]>(expectations, [], 'What rules must say of it.'),
} satisfies Keys;

/** A story, and how many events it has. */
export interface ReadStory {
  readonly scenario: Scenario;
  readonly events: number;
}

/** Reads one telling of a story and rehearses it. What is wrong is reported; it is whole where nothing was. */
export function readStory(reader: NodeReader, document: Node): ReadStory | undefined {
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
  const { diagnostics, events } = rehearse({ machine, containers, actors, steps }, doomed);
  reader.diagnostics.push(...diagnostics);
  checkNames(
    reader,
    values.expect,
    [...actors.map(({ name }) => name), ...steps.flatMap(({ as }) => as ?? [])],
    doomed,
  );
  const { story, technique: techniques, upstream, 'not upstream': notUpstream, expect } = values;
  checkUpstream(reader, document, upstream, notUpstream);
  const told = { story, techniques, upstream, notUpstream };
  return { scenario: { ...told, machine, containers, actors, steps, expectations: expect }, events };
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

/** No rule both fires and stays silent. */
function checkUpstream(reader: NodeReader, document: Node, fires: readonly string[], silent: readonly string[]): void {
  const both = silent.find((rule) => fires.includes(rule));
  if (both === undefined || document.kind !== 'mapping') return;
  const key = document.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.text === 'not upstream')?.value;
  reader.fail('SCENARIO_VALUE', key ?? document, `'${both}' is under 'upstream' and under 'not upstream'`);
}
