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

/** The reference of the language in Markdown, from the tables that reading uses. */
export function scenarioReference(): string {
  const parts = [
    section('The file', SCENARIO_KEYS),
    section('machine', MACHINE_KEYS),
    section('containers, each', CONTAINER_KEYS),
    section('actors, each', ACTOR_KEYS),
    section('Every step', { ...STEP_KEYS, ...AS_KEY, ...RESULT_KEY }),
    section('A group of steps', GROUP_KEYS),
    ...VERB_GROUPS.map(([title, verbs]) => [`### Verbs: ${title.toLowerCase()}`, ...verbs.map(verbEntry)].join('\n\n')),
    expectations(),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, keys: Keys): string {
  return [`### ${title}`, keyTable(keys)].join('\n\n');
}

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
  const head = `**${verb.words}** – ${verb.about}${ends}`;
  const example = `\`\`\`yaml\n${exampleStep(verb.example)}\n\`\`\``;
  return [head, example, ...(Object.keys(verb.keys).length > 0 ? [keyTable(verb.keys)] : [])].join('\n\n');
}

/** `shell opens: /x, with as: log` becomes the lines of a step. */
export function exampleStep(example: string): string {
  const [sentence, ...keys] = example.split(', with ');
  const colon = keys.length > 0 && !sentence?.includes(':') ? ':' : '';
  return [`- ${sentence}${colon}`, ...keys.map((key) => `  ${key}`)].join('\n');
}

function expectations(): string {
  const rows = { ...ALERT_KEYS, ...NO_ALERT_KEYS, ...IN_ORDER_KEYS, ...ALERTS_KEYS };
  const last = `\`${NO_OTHER_ALERTS}\`, written alone, forbids every alert of a rule that no \`alert\` names.`;
  return ['### expect, each', keyTable(rows), last].join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
