import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';

const ACTIONS = ['list', 'start', 'node', 'check', 'hint', 'solution', 'exam'] as const;

/** `creance practice list|start|node|check|hint|solution|exam`. */
export const PRACTICE: Command = {
  name: 'practice',
  summary: 'learn to write rules: tasks that are graded by what your rules do',
  usage: 'list [GROUP] | start TASK | node [TASK] | check | hint | solution | exam',
  about:
    'start writes the files of a small machine below a folder, with recordings to look at and a README.md that says what is asked. Work on the files with any editor and with the other commands. check grades them by what they do, tells of each check what was expected, what came and what came nearest, and ends with 0 when the score is full, else with 1. Another seed gives the same task with other names and numbers. hint tells a little, with a higher level more; solution tells all. node opens the shell of an emulated node, for tasks that have one: Falco runs there as a service over a story that goes on, and falco, systemctl, journalctl, kubectl, crictl, grep and others work on it; lines from a pipe are run one after the other without waiting. exam sets several tasks from all groups, chosen by the seed, in one folder and with a time; check grades them by their weights. Tasks are named as list shows them; the part behind the slash is enough.',
  words: [1, 2],
  flags: [
    { name: 'seed', value: 'SEED', help: 'start, exam: which variant, any word or number; 1 unless given' },
    {
      name: 'directory',
      short: 'C',
      value: 'DIR',
      help: 'the folder of the task: for start and exam a new one, named after it unless given; else the working directory',
    },
    { name: 'level', value: 'N', help: 'hint: which one, from a nudge to nearly the answer; 1 unless given' },
    { name: 'tasks', value: 'N', help: 'exam: how many tasks; 6 unless given' },
    { name: 'speed', value: 'N', help: 'node: how many times as fast time passes there; 1 unless given' },
    { name: 'yes', help: 'solution: yes, show it' },
  ],
  examples: [
    ['practice list write-rules', 'the tasks of one group'],
    ['practice start vault-folder-opened', 'begin, in the new folder vault-folder-opened'],
    ['practice check -C vault-folder-opened', 'grade what stands there'],
    ['practice hint --level 2 -C vault-folder-opened', 'the second hint'],
    ['practice node asks-for-credentials', 'a task on a node; in its folder, practice node goes on with it'],
    ['practice node -C asks-for-credentials < commands.txt', 'the same from a file, line by line, without waiting'],
    ['practice exam --seed 5 --tasks 4', 'four tasks, and a time for them; graded by check -C exam-5'],
    ['practice start vault-folder-opened --seed 2 -C again', 'the same task once more, with other names'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [action = '', word] = given.words;
  if (!ACTIONS.some((known) => known === action)) {
    throw new UsageError(`practice ${action} is nothing: it is ${ACTIONS.join(', ')}`);
  }
  const isFree = action === 'list' || action === 'start' || action === 'node' || word === undefined;
  if (!isFree) throw new UsageError(`practice ${action} takes the task from its folder: -C DIR, not '${word}'`);
  if (action === 'list') return (await import('./practice/list.ts')).listTasks(word, given, terminal);
  if (action === 'start') return (await import('./practice/start.ts')).startTask(word, given, terminal);
  if (action === 'node') return (await import('./practice/node.ts')).enterNode(word, given, terminal);
  if (action === 'exam') return (await import('./practice/exam.ts')).startExam(given, terminal);
  const folder = given.flag('directory') ?? '.';
  const { openDesk, EXAM_NOTE } = await import('./practice/desk.ts');
  if (action === 'check' && existsSync(join(folder, EXAM_NOTE))) {
    return (await import('./practice/exam.ts')).checkExam(folder, given, terminal);
  }
  const desk = openDesk(folder, terminal);
  if (desk === undefined) return EXIT.UNREADABLE;
  if (action === 'check') return (await import('./practice/check.ts')).checkTask(desk, given, terminal);
  const help = await import('./practice/help.ts');
  return action === 'hint' ? help.showHint(desk, given, terminal) : help.showSolution(desk, given, terminal);
}
