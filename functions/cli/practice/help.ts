import { ANSWERS_PATH, type MachineFiles } from '../../../engine/practice/task.ts';
import { EXIT, UsageError, type Given, type Terminal } from '../command.ts';
import { numberOf } from '../number-flag.ts';
import type { Desk } from './desk.ts';

/** `creance practice hint`: the hint of a level, and no other. */
export async function showHint({ task, folder }: Desk, given: Given, terminal: Terminal): Promise<number> {
  const { hints } = task;
  const level = numberOf(given, 'level', 1, 1, Math.max(1, hints.length));
  const hint = hints[level - 1];
  if (hint === undefined) {
    terminal.note('creance: this task has no hints\n');
    return EXIT.NO;
  }
  if (given.has('json')) {
    await terminal.write(`${JSON.stringify({ task: task.id, seed: task.seed, level, of: hints.length, hint })}\n`);
    return EXIT.YES;
  }
  await terminal.write(`${hint.trim()}\n`);
  const place = folder === '.' ? '' : ` -C ${folder}`;
  const more =
    level < hints.length ? `more: creance practice hint --level ${level + 1}${place}` : 'it was the last one';
  terminal.note(`hint ${level} of ${hints.length}; ${more}\n`);
  return EXIT.YES;
}

/** `creance practice solution --yes`: what somebody hands in who knows, and why. */
export async function showSolution({ task }: Desk, given: Given, terminal: Terminal): Promise<number> {
  if (!given.has('yes')) throw new UsageError('the solution tells all, with --yes; creance practice hint tells less');
  const changed = changedFiles(task.files, task.solution.files);
  if (given.has('json')) {
    const files = Object.fromEntries(changed.map(({ path, after }) => [path, after]));
    const { commands } = task.solution;
    await terminal.write(
      `${JSON.stringify({ task: task.id, seed: task.seed, commands, files, explanation: task.explanation })}\n`,
    );
    return EXIT.YES;
  }
  const typed = task.solution.commands.map((line) => `# ${line.trim()}\n`);
  if (typed.length > 0) {
    await terminal.write([...typed, `\n${task.explanation.trim()}\n`].join(''));
    return EXIT.YES;
  }
  const parts = changed.flatMap(({ path, before, after }) => [`--- ${path}${changedPart(path, before, after)}`, '']);
  await terminal.write([...parts, task.explanation.trim(), ''].join('\n'));
  return EXIT.YES;
}

interface ChangedFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | null;
}

function changedFiles(start: MachineFiles, end: MachineFiles): ChangedFile[] {
  const paths = [...new Set([...start.keys(), ...end.keys()])].toSorted();
  return paths.flatMap((path) => {
    const [before, after] = [start.get(path), end.get(path)];
    return before === after ? [] : [{ path, before, after: after ?? null }];
  });
}

/** A file of which most is new is shown whole, another one from its first line that differs to the last. */
function changedPart(path: string, before = '', after: string | null): string {
  if (after === null) return ' is removed';
  const [old, now] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')];
  let first = 0;
  while (first < Math.min(old.length, now.length) && old[first] === now[first]) first++;
  let last = 0;
  while (last < Math.min(old.length, now.length) - first && old.at(-1 - last) === now.at(-1 - last)) last++;
  const same = first + last;
  if (path === ANSWERS_PATH || same < WORTH_HIDING) return `\n${now.join('\n')}`;
  const part = now.slice(first, now.length - last);
  const taken = old.slice(first, old.length - last).map((line) => `- ${line}`);
  return `, line ${first + 1}\n${[...taken, ...part.map((line) => `+ ${line}`)].join('\n')}`;
}

/** Lines that are the same before and after, from which on they are left out. */
const WORTH_HIDING = 12;
