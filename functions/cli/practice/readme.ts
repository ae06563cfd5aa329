import { loadStack } from '../../../engine/practice/rule-stack.ts';
import { ANSWERS_PATH, CLUSTER_PATH, LOCAL_PATH, SHIPPED_PATH, type Task } from '../../../engine/practice/task.ts';
import type { TaskSheet } from '../../../engine/practice/task-sheet.ts';
import { TRACES } from './desk.ts';

/** The README of a folder in which a task is worked on. */
export function readmeOf(task: Task, sheet: TaskSheet): string {
  const loaded = loadStack(task.files).sources.map(({ name }) => name);
  const rules = (loaded.length > 0 ? loaded : [SHIPPED_PATH, LOCAL_PATH]).map((path) => path.slice(1)).join(' ');
  const [trace] = sheet.traces;
  return [
    `# ${sheet.title}`,
    '',
    `${sheet.skill}. ${sheet.minutes} minutes, ${sheet.points} points. Task \`${sheet.id}\`, seed \`${sheet.seed}\`.`,
    '',
    sheet.instructions.trim(),
    '',
    '## What is here',
    '',
    'This folder stands for `/` of the machine: `/etc/falco/falco.yaml` is `etc/falco/falco.yaml` here.',
    '',
    ...Object.keys(sheet.files)
      .toSorted()
      .map((path) => `- \`${path.slice(1)}\`${told(path)}`),
    ...sheet.traces.map(({ name, shows }) => `- \`${TRACES}/${name}.scap\`: ${shows}`),
    '',
    ...(sheet.questions.length === 0
      ? []
      : [
          'Answers, in `root/answers.yaml`:',
          '',
          ...sheet.questions.map(({ name, text }) => `- \`${name}\`: ${text}`),
          '',
        ]),
    '## Trying',
    '',
    '```console',
    ...(task.node === undefined
      ? []
      : ['$ creance practice node             # a terminal on the node: Falco runs there']),
    `$ creance check ${rules}`,
    ...(trace === undefined
      ? []
      : [
          `$ creance detect --config etc/falco/falco.yaml -r ${rules} -t ${TRACES}/${trace.name}.scap`,
          `$ creance filter 'container.id != host' -t ${TRACES}/${trace.name}.scap`,
        ]),
    '$ creance practice check',
    ...(sheet.hints === 0 ? [] : [`$ creance practice hint --level 1   # of ${sheet.hints}`]),
    '```',
    '',
    '## What is graded',
    '',
    ...sheet.checks.map(({ about, points, bonus }) => `- ${about}: ${counted(points)}${bonus ? ' more' : ''}`),
    '',
  ].join('\n');
}

function told(path: string): string {
  const words: Record<string, string> = {
    [SHIPPED_PATH]: ': rules as they are shipped',
    [LOCAL_PATH]: ': rules of this machine',
    [ANSWERS_PATH]: ': where answers are written',
    [CLUSTER_PATH]: ': the cluster, with what can be changed of it',
  };
  return words[path] ?? '';
}

function counted(points: number): string {
  return points === 1 ? '1 point' : `${points} points`;
}
