import { spanOf, type Node } from '../document/node.ts';
import { toUnicode } from '../model/byte-string.ts';
import { defaulted, required, type Kind } from '../scenario/language/kind.ts';
import { readKeys } from '../scenario/language/keys.ts';
import { flag, prose } from '../scenario/language/scalars.ts';
import { pathFrom } from '../suite/file-path.ts';
import { inlineSource } from '../suite/inline.ts';
import type { FileContext } from './read-attempt.ts';
import type { TaskTrace } from './task.ts';

const part: Kind<Node> = { schema: {}, read: (_, node) => node };

/** Keys of a trace. */
export const TRACE_KEYS = {
  shows: required<string>(prose, 'What it shows, in a sentence without its stop.'),
  visible: defaulted<boolean>(flag, false, 'The candidate gets it.'),
  scenario: required<Node>(part, 'The story: the path of one, or the story itself.'),
};

/** Reads `traces`. */
export function readTraces({ reader, folder, files }: FileContext, node: Node): TaskTrace[] {
  if (node.kind !== 'mapping') return reader.fail('YAML_KIND', node, "'traces' must be a mapping") ?? [];
  return node.pairs.flatMap(({ key, value }): TaskTrace[] => {
    const name = toUnicode(reader.text(key, 'the name of a trace') ?? '');
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      return reader.fail('TASK_VALUE', key, `a trace can't be called '${name}'`, 'small letters, digits and -') ?? [];
    }
    const fields = reader.fields(value, `the trace '${name}'`, Object.keys(TRACE_KEYS));
    const values = fields && readKeys(reader, fields, TRACE_KEYS);
    if (values === undefined) return [];
    const { scenario, shows, visible } = values;
    const span = spanOf(scenario);
    if (scenario.kind === 'mapping') {
      const { source, shift } = inlineSource(scenario);
      return [{ name, shows, visible, input: { kind: 'inline', source, shift }, span }];
    }
    const path = pathFrom(folder, toUnicode(reader.text(scenario, "'scenario'") ?? ''));
    if (!files.has(path)) reader.fail('TASK_FILE_MISSING', scenario, `there is no file ${path}`);
    return [{ name, shows, visible, input: { kind: 'scenario', path }, span }];
  });
}
