import { ALERT_KEYS, ALERTS_KEYS, IN_ORDER_KEYS, NO_ALERT_KEYS, NO_OTHER_ALERTS } from './expect.ts';
import type { Keys } from './language/kind.ts';
import { ACTOR_KEYS } from './read-actors.ts';
import { CONTAINER_KEYS } from './read-containers.ts';
import { MACHINE_KEYS } from './read-machine.ts';
import { GROUP_KEYS } from './read-group.ts';
import { AS_KEY, RESULT_KEY, STEP_KEYS } from './read-steps.ts';
import { SCENARIO_KEYS } from './read-story.ts';
import { VERB_GROUPS } from './steps/verbs.ts';
import type { Verb } from './verb.ts';

/** The parts of a scenario beside its verbs, with their keys. */
export const PARTS: readonly (readonly [title: string, keys: Keys])[] = [
  ['The file', SCENARIO_KEYS],
  ['machine', MACHINE_KEYS],
  ['containers, each', CONTAINER_KEYS],
  ['actors, each', ACTOR_KEYS],
  ['Every step', { ...STEP_KEYS, ...AS_KEY, ...RESULT_KEY }],
  ['A group of steps', GROUP_KEYS],
];

/** What is written under `expect`, with the keys of each kind. */
export const EXPECT: readonly [title: string, keys: Keys] = [
  'expect, each',
  { ...ALERT_KEYS, ...NO_ALERT_KEYS, ...IN_ORDER_KEYS, ...ALERTS_KEYS },
];

/**
 * The reference of the language in Markdown, from the tables that reading uses.
 *
 * @param worked examples of a part, by its title, or of a verb, by its words, in Markdown
 */
export function scenarioReference(worked: (part: string) => string): string {
  const section = (title: string, ...parts: string[]) => [`## ${title}`, ...parts, worked(title)].join('\n\n');
  const parts = [
    ...PARTS.map(([title, keys]) => section(title, keyTable(keys))),
    ...VERB_GROUPS.map(([title, verbs]) =>
      [`## Verbs: ${title.toLowerCase()}`, ...verbs.map((verb) => `${verbEntry(verb)}\n\n${worked(verb.words)}`)].join(
        '\n\n',
      ),
    ),
    section(EXPECT[0], keyTable(EXPECT[1]), LAST_EXPECTATION),
  ];
  return `${parts.join('\n\n')}\n`;
}

const LAST_EXPECTATION = `\`${NO_OTHER_ALERTS}\`, written alone, forbids every alert of a rule that no \`alert\` names.`;

/** Keys with their meaning, as a table in Markdown. */
export function keyTable(keys: Keys): string {
  const rows = Object.entries(keys).map(
    ([name, { about, required }]) => `| \`${name}\` | ${required ? 'Needed. ' : ''}${cell(about)} |`,
  );
  return ['| key | meaning |', '| --- | --- |', ...rows].join('\n');
}

function verbEntry(verb: Verb): string {
  const notes = [verb.names && '`as` names it', verb.canFail && '`result` may be an error'].filter(
    (note) => typeof note === 'string',
  );
  const ends = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  const head = `### ${verb.words}\n\n${verb.about}${ends}`;
  return Object.keys(verb.keys).length > 0 ? `${head}\n\n${keyTable(verb.keys)}` : head;
}

/** `shell opens: /x, with as: log` becomes the lines of a step. */
export function exampleStep(example: string): string {
  const [sentence, ...keys] = example.split(', with ');
  const colon = keys.length > 0 && !sentence?.includes(':') ? ':' : '';
  return [`- ${sentence}${colon}`, ...keys.map((key) => `  ${key}`)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
